import { assess, assessAll } from '../placement.ts';
import type { GateResult } from '../verdict.ts';
import type { GateContext } from './gate-context.ts';

/**
 * Open while the Release is healthy on every cluster of the Environments right before. Where it still stands in earlier
 * ones and has failed there since, that closes the Gate too: a late failure stops what has not yet moved on.
 */
export function healthGate({ upstream, ancestors }: GateContext): GateResult {
  const late = ancestors.map(assess).find(({ phase }) => phase === 'failed');
  const { phase, reason } = late ?? assessAll(upstream);
  return { type: 'health', phase, reason };
}
