import type { Gate } from '@drydock/model';
import type { GateResult } from '../verdict.ts';

/** What was found out about a Gate that cannot be judged from git and health alone. */
export type GateFact = Omit<GateResult, 'type'>;

/** Names what a fact is about: a Gate as it is written, an Environment and a Release. */
export function factKey(gate: Gate, environment: string, release: string): string {
  return JSON.stringify([gate, environment, release]);
}
