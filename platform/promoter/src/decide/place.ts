import type { Environment } from '@drydock/model';
import type { UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import type { Verdict } from './verdict.ts';

/** One Unit in one Environment, with what stands there now. */
export interface Place {
  readonly unit: string;
  readonly environment: Environment;
  readonly record: UnitRecord | undefined;
}

/** The place of a Unit in an Environment. */
export function placeOf(input: DecisionInput, unit: string, environment: Environment): Place {
  return { unit, environment, record: input.records.get(environment.name)?.get(unit) };
}

/** A verdict on a place; what is not said is empty. */
export function verdictOf(
  place: Place,
  verdict: Partial<Verdict> & Pick<Verdict, 'action' | 'reasons'>,
): Verdict {
  return {
    unit: place.unit,
    environment: place.environment.name,
    candidate: undefined,
    cause: 'promotion',
    clusters: [],
    gates: [],
    opensAt: undefined,
    requestedBy: '',
    approvedBy: [],
    rejects: undefined,
    ...verdict,
  };
}

/** Sequence of the Release that moved to a place last; where that is not recorded, of the newest one there. */
export function newestActive(record: UnitRecord | undefined): number | undefined {
  if (record?.latest !== undefined) return record.latest.sequence;
  const sequences = Object.values(record?.clusters ?? {}).map(({ sequence }) => sequence);
  return sequences.length === 0 ? undefined : Math.max(...sequences);
}

/** The Release of {@link newestActive}, where it is still known. */
export function newestRelease(
  input: DecisionInput,
  { unit, record }: Pick<Place, 'unit' | 'record'>,
): Release | undefined {
  const newest = newestActive(record);
  return input.releases.get(unit)?.find(({ sequence }) => sequence === newest);
}

/** When the last of several times has come, if every one of them is known. */
export function latestOpening(
  gates: readonly { readonly opensAt?: number | undefined }[],
): number | undefined {
  const times = gates.map(({ opensAt }) => opensAt);
  return times.length > 0 && times.every((time) => time !== undefined) ? Math.max(...times) : undefined;
}
