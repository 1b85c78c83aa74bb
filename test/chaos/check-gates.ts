import { durationMilliseconds, type Environment } from '@drydock/model';
import type { RawDecision, RawRelease } from './facts.ts';
import type { RawRecord } from './records.ts';
import type { Reports } from './world.ts';

/** Everything that was so at the moment a promotion happened. */
export interface Moment {
  readonly environments: readonly Environment[];
  /** Environment → unit → record, before. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, RawRecord>>;
  readonly decisions: ReadonlyMap<string, RawDecision>;
  /** What the promoter may have read of health and of the time. */
  readonly reports: readonly Reports[];
  readonly times: readonly number[];
  /** `<environment>/<unit>` → Releases that have been on all their clusters there. */
  readonly settledOnce: ReadonlyMap<string, ReadonlySet<string>>;
  /** Commit of an environment branch → unit → record. */
  readonly recordsOf: (commit: string) => ReadonlyMap<string, RawRecord> | undefined;
}

export interface Entering {
  readonly release: RawRelease;
  readonly environment: Environment;
}

/** What a Release lacked when it moved into an Environment; undefined when nothing. Written from the rules, not the code. */
export function whatWasClosed(moment: Moment, entering: Entering): string | undefined {
  return skipped(moment, entering) ?? closedGate(moment, entering);
}

/** Every targeted Environment before must have had the Release, and those right before must have it now. */
function skipped(moment: Moment, { release, environment }: Entering): string | undefined {
  for (const name of allBefore(moment, environment)) {
    if (!release.targets.has(name)) continue;
    if (!moment.settledOnce.get(`${name}/${release.unit}`)?.has(release.id)) return `it skipped ${name}`;
  }
  for (const name of rightBefore(moment, release, environment)) {
    const record = moment.records.get(name)?.get(release.unit);
    if (!isSettled(release, name, record)) return `it is not settled in ${name}`;
  }
  return undefined;
}

function closedGate(moment: Moment, { release, environment }: Entering): string | undefined {
  const before = rightBefore(moment, release, environment);
  for (const gate of environment.gates) {
    if (
      gate.type === 'health' &&
      !moment.reports.some((reports) => isHealthy(moment, release, before, reports))
    )
      return 'health was closed';
    if (gate.type === 'soak' && !hasSoaked(moment, release, before, durationMilliseconds(gate.for)))
      return 'soak was closed';
    if (gate.type === 'approval') {
      const { expires, count } = gate;
      const limit = expires === undefined ? Number.POSITIVE_INFINITY : durationMilliseconds(expires);
      if (
        !moment.times.some((time) => approvers(moment, { release, environment }, time - limit).size >= count)
      )
        return 'approval was closed';
    }
  }
  return undefined;
}

/** Healthy on each cluster, seen at a commit at which the very same move stood. */
function isHealthy(
  moment: Moment,
  release: RawRelease,
  environments: readonly string[],
  reports: Reports,
): boolean {
  return healthySince(moment, release, environments, reports) !== undefined;
}

function hasSoaked(
  moment: Moment,
  release: RawRelease,
  environments: readonly string[],
  length: number,
): boolean {
  return moment.reports.some((reports) => {
    const since = healthySince(moment, release, environments, reports);
    return since !== undefined && moment.times.some((time) => time >= since + length);
  });
}

function healthySince(
  moment: Moment,
  release: RawRelease,
  environments: readonly string[],
  reports: Reports,
): number | undefined {
  let latest = 0;
  for (const environment of environments) {
    const record = moment.records.get(environment)?.get(release.unit);
    for (const [cluster, active] of Object.entries(record?.clusters ?? {})) {
      const seen = reports.get(cluster)?.get(release.unit);
      const stood = moment.recordsOf(seen?.revision ?? '')?.get(release.unit)?.clusters[cluster];
      if (seen?.health !== 'Healthy' || !seen.synced || stood?.promotion !== active.promotion)
        return undefined;
      latest = Math.max(latest, seen.since ?? 0, Date.parse(active.since));
    }
  }
  return latest;
}

function approvers(moment: Moment, { release, environment }: Entering, oldest: number): ReadonlySet<string> {
  const request = moment.decisions.get(`requests/${environment.name}/${release.unit}`);
  const asked = request?.release === release.id ? request.by : undefined;
  const prefix = `approvals/${environment.name}/${release.unit}/`;
  const counted = [...moment.decisions]
    .filter(([path, { release: approved }]) => path.startsWith(prefix) && approved === release.id)
    .filter(([, { by, at }]) => by !== release.requestedBy && by !== asked && Date.parse(at) >= oldest);
  return new Set(counted.map(([, { by }]) => by));
}

/** Why a cluster may not move yet: it is in a later wave than one that has not moved, or is not healthy. */
export function whatWaveWaited(
  moment: Moment,
  { release, environment }: Entering,
  clusters: readonly string[],
): string | undefined {
  const record = moment.records.get(environment.name)?.get(release.unit);
  const targets = release.targets.get(environment.name) ?? [];
  const named = environment.waves.flat();
  const waveOf = (cluster: string) =>
    named.includes(cluster) ? environment.waves.findIndex((wave) => wave.includes(cluster)) : named.length;
  const moving = new Set(clusters.map(waveOf));
  if (moving.size > 1) return 'two waves moved at once';
  const [wave = 0] = moving;
  const earlier = [...new Set([...targets, ...Object.keys(record?.clusters ?? {})])].filter(
    (cluster) => waveOf(cluster) < wave,
  );
  for (const cluster of earlier) {
    const active = record?.clusters[cluster];
    if (active?.release !== (targets.includes(cluster) ? release.id : undefined))
      return `${cluster} of an earlier wave has not moved`;
  }
  const placed = { ...release, targets: new Map() };
  const onlyEarlier = (reports: Reports) => {
    const some = Object.fromEntries(earlier.flatMap((name) => pair(name, record?.clusters[name])));
    const records = new Map([
      [environment.name, new Map([[release.unit, { unit: release.unit, clusters: some }]])],
    ]);
    return isHealthy({ ...moment, records }, placed, [environment.name], reports);
  };
  return moment.reports.some(onlyEarlier) ? undefined : 'an earlier wave was not healthy';
}

/** Whether a Release is on exactly the clusters it targets. */
export function isSettled(release: RawRelease, environment: string, record: RawRecord | undefined): boolean {
  const targets = release.targets.get(environment) ?? [];
  const clusters = Object.entries(record?.clusters ?? {});
  return (
    clusters.length === targets.length &&
    clusters.every(([name, active]) => targets.includes(name) && active.release === release.id)
  );
}

/** The Environments right before that hold the Unit or are to; those before them where one does not. */
function rightBefore(moment: Moment, release: RawRelease, environment: Environment): readonly string[] {
  return environment.after.flatMap((name) => {
    const before = moment.environments.find((candidate) => candidate.name === name);
    const present = moment.records.get(name)?.has(release.unit) === true || release.targets.has(name);
    return present || before === undefined ? [name] : rightBefore(moment, release, before);
  });
}

function allBefore(moment: Moment, { after }: Environment): readonly string[] {
  return after.flatMap((name) => {
    const before = moment.environments.find((candidate) => candidate.name === name);
    return before === undefined ? [name] : [name, ...allBefore(moment, before)];
  });
}

function pair<T>(name: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[name, value]];
}
