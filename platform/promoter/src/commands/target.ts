import { NotFoundError } from '@drydock/model';
import { decideUnit } from '../decide/decide.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { UnitRecord } from '../environments/record.ts';
import type { Release } from '../releases/release.ts';
import type { Snapshot } from '../snapshot.ts';

/** One Unit in one Environment, with everything known of it. */
export interface Target {
  readonly unit: string;
  readonly environment: string;
  readonly team: string | undefined;
  /** The newest first. */
  readonly releases: readonly Release[];
  readonly record: UnitRecord | undefined;
  readonly verdict: Verdict;
}

/**
 * Finds a Unit in an Environment.
 *
 * @throws NotFoundError that lists what there is
 */
export function findTarget(snapshot: Snapshot, unit: string, environment: string): Target {
  const found = findEnvironment(snapshot, environment);
  const releases = snapshot.releases.get(unit);
  if (releases?.[0] === undefined) {
    const known = [...snapshot.releases.keys()].sort().join(', ') || 'none yet';
    throw new NotFoundError(`no unit "${unit}" with a release; there are: ${known}`);
  }
  const record = snapshot.records.get(environment)?.get(unit);
  return {
    unit,
    environment,
    team: releases[0].team,
    releases,
    record,
    verdict: decideUnit(snapshot, unit, found),
  };
}

/** @throws NotFoundError that lists the Environments there are */
export function findEnvironment(snapshot: Snapshot, environment: string): Snapshot['environments'][number] {
  const found = snapshot.environments.find(({ name }) => name === environment);
  if (found !== undefined) return found;
  const known = snapshot.environments.map(({ name }) => name).join(', ') || 'none yet';
  throw new NotFoundError(`no environment "${environment}"; there are: ${known}`);
}

/**
 * Finds a Release by its id, its revision, or the beginning of either.
 *
 * @throws NotFoundError when none or more than one begins so
 */
export function findRelease(target: Target, name: string): Release {
  const matches = target.releases.filter(
    ({ id, revision }) => name.length >= 4 && (id.startsWith(name) || revision.startsWith(name)),
  );
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  const known = target.releases.slice(0, 5).map(({ revision }) => revision.slice(0, 8));
  const what = matches.length > 1 ? 'more than one release' : 'no release';
  throw new NotFoundError(
    `${what} of "${target.unit}" begins with "${name}"; the latest are: ${known.join(', ')}`,
  );
}
