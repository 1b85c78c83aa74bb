import { durationMilliseconds, type Gate } from '@drydock/model';
import { assessAll } from '../placement.ts';
import type { GateResult } from '../verdict.ts';
import type { GateContext } from './gate-context.ts';

/**
 * Open when the Release has been healthy without a break for long enough. The start comes from the delivery engine's
 * own transition time, so that a restart of the promoter neither shortens nor repeats the wait.
 */
export function soakGate(gate: Extract<Gate, { type: 'soak' }>, context: GateContext): GateResult {
  const health = assessAll(context.upstream);
  if (health.phase !== 'passed')
    return { type: 'soak', phase: 'pending', reason: 'starts when it is healthy' };
  const opensAt = (health.since ?? 0) + durationMilliseconds(gate.for);
  if (context.now >= opensAt) return { type: 'soak', phase: 'passed', reason: `healthy for ${gate.for}` };
  return { type: 'soak', phase: 'pending', reason: `healthy for less than ${gate.for}`, opensAt };
}
