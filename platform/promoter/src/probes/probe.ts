import type { Gate } from '@drydock/model';
import type { GateFact } from '../decide/gates/gate-fact.ts';
import type { Release } from '../releases/release.ts';

/** The Gates that are judged by looking somewhere else than at git and health. */
export type ProbedGate = Extract<Gate, { readonly type: 'check' | 'metric' | 'policy' }>;

/** What a Gate is to be judged for. */
export interface ProbeSubject {
  readonly environment: string;
  readonly release: Release;
}

/** Finds out what a Gate says. What cannot be found out is a pending fact with the reason, never an exception. */
export interface Probe {
  look(gate: ProbedGate, subject: ProbeSubject): Promise<GateFact>;
}

/** Replaces `{unit}`, `{environment}`, `{release}` and `{revision}` in a text. */
export function fillIn(
  text: string,
  { environment, release }: ProbeSubject,
  encode = (value: string) => value,
): string {
  const values: Readonly<Record<string, string>> = {
    environment,
    unit: release.unit,
    release: release.id,
    revision: release.revision,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? encode(values[name] ?? '') : whole,
  );
}
