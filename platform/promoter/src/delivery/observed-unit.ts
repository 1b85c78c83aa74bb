import type { Observation } from './observation.ts';

/** A report, and what it is about. */
export interface ObservedUnit {
  readonly unit: string;
  readonly cluster: string;
  readonly observation: Observation;
}
