import { assessAll } from '../placement.ts';
import type { GateResult } from '../verdict.ts';
import type { GateContext } from './gate-context.ts';

/** Open while the Release is healthy on every cluster of the Environments before. */
export function healthGate(context: GateContext): GateResult {
  const { phase, reason } = assessAll(context.upstream);
  return { type: 'health', phase, reason };
}
