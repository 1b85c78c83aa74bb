import type { Environment } from '@drydock/model';
import type { UnitRecord } from '../environments/record.ts';
import { type Release, releaseName } from '../releases/release.ts';
import type { DecisionInput } from './decision-input.ts';
import { newestActive, newestRelease } from './place.ts';
import { isSettled, type Placement, placementsOf } from './placement.ts';
import type { Reason } from './verdict.ts';

/** The Release that is next for an Environment, and where it stands in the Environments before. */
export interface Candidate {
  readonly release: Release;
  readonly upstream: readonly Placement[];
  /** The same in all Environments before those, as far as the Release is still there. */
  readonly ancestors: readonly Placement[];
}

/**
 * Finds the Release that is next for a Unit in an Environment: in a first Environment the newest one, elsewhere the one
 * that is active on all clusters of every Environment before. An Environment that the Unit does not target is passed
 * through to those before it.
 *
 * @returns the candidate, or the reason why there is none yet
 */
export function findCandidate(
  input: DecisionInput,
  unit: string,
  environment: Environment,
): Candidate | Reason {
  const newest = input.releases.get(unit)?.[0];
  if (newest === undefined) return { code: 'no-release', message: 'it has no release yet' };
  const upstream = upstreamEnvironments(input, newest, environment);
  if (upstream.length === 0)
    return { release: firstInLine(input, newest, environment), upstream: [], ancestors: [] };
  const found = upstream.map((name) => settledRelease(input, unit, name));
  const missing = found.find((result): result is Reason => 'code' in result);
  if (missing !== undefined) return missing;
  const settled = found as readonly Release[];
  const [release] = settled;
  if (release === undefined || settled.some(({ id }) => id !== release.id))
    return disagreement(upstream, settled);
  const passed = passedThrough(input, environment, upstream).find((name) => release.targets.has(name));
  if (passed !== undefined) return { code: 'upstream', message: `not in ${passed} yet` };
  const ancestors = ancestorsOf(input, upstream)
    .flatMap((name) => placementsIn(input, unit, name))
    .filter(({ active }) => active.release === release.id);
  return { release, upstream: upstream.flatMap((name) => placementsIn(input, unit, name)), ancestors };
}

/** What a first Environment takes: the newest Release, or with `mode: queue` the one right after what it has. */
function firstInLine(input: DecisionInput, newest: Release, { mode, name }: Environment): Release {
  const current = newestActive(recordOf(input, newest.unit, name));
  if (mode === 'latest' || current === undefined) return newest;
  return input.releases.get(newest.unit)?.findLast(({ sequence }) => sequence > current) ?? newest;
}

/** The Environments right before one, passing through those that hold nothing of the Unit and will not. */
function upstreamEnvironments(
  input: DecisionInput,
  newest: Release,
  environment: Environment,
): readonly string[] {
  const names = environment.after.flatMap((name) => {
    const before = input.environments.find((candidate) => candidate.name === name);
    const present = recordOf(input, newest.unit, name) !== undefined || newest.targets.has(name);
    return present || before === undefined ? [name] : upstreamEnvironments(input, newest, before);
  });
  return [...new Set(names)];
}

/** Every Environment before some others, these left out. */
function ancestorsOf(input: DecisionInput, names: readonly string[]): readonly string[] {
  const before = names.flatMap(
    (name) => input.environments.find((environment) => environment.name === name)?.after ?? [],
  );
  return before.length === 0 ? [] : [...new Set([...before, ...ancestorsOf(input, before)])];
}

/** The Environments that lie between one and those before it that count. */
function passedThrough(
  input: DecisionInput,
  environment: Environment,
  upstream: readonly string[],
): readonly string[] {
  const between = environment.after.filter((name) => !upstream.includes(name));
  const befores = input.environments.filter(({ name }) => between.includes(name));
  return [...between, ...befores.flatMap((before) => passedThrough(input, before, upstream))];
}

function settledRelease(input: DecisionInput, unit: string, environment: string): Release | Reason {
  const record = recordOf(input, unit, environment);
  if (record === undefined) return { code: 'upstream', message: `not in ${environment} yet` };
  const release = newestRelease(input, { unit, record });
  if (release === undefined)
    return { code: 'upstream', message: `the release active in ${environment} is not known` };
  if (isSettled(release, environment, record)) return release;
  return { code: 'upstream', message: `${releaseName(release)} is still rolling out in ${environment}` };
}

function disagreement(environments: readonly string[], releases: readonly Release[]): Reason {
  const places = environments.map(
    (name, index) => `${name} has ${releases[index] && releaseName(releases[index])}`,
  );
  return { code: 'upstream', message: `the environments before differ: ${places.join(', ')}` };
}

function placementsIn(input: DecisionInput, unit: string, environment: string): readonly Placement[] {
  const record = recordOf(input, unit, environment);
  return record === undefined ? [] : placementsOf(input, record, Object.keys(record.clusters).sort());
}

function recordOf(input: DecisionInput, unit: string, environment: string): UnitRecord | undefined {
  return input.records.get(environment)?.get(unit);
}
