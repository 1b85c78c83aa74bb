import { FILE_MODE, type RefUpdate, type Repository } from '@drydock/git';
import type { Release } from '../releases/release.ts';
import type { NewRelease, ReleaseStore } from '../releases/release-store.ts';
import { promoterSignature } from '../signature.ts';
import type { HydratedFleet, HydratedUnit, Hydrator } from './hydrator.ts';
import { pusherOf } from './pusher.ts';

/** Points at the Revision that was hydrated last. */
export const HYDRATED_REF = 'refs/drydock/hydrated';
/**
 * Points at the Revision whose Releases are being written. Whoever wants to write some moves it first and then reads
 * which there are, and it must not have moved when they are written: so nobody builds upon Releases that somebody else
 * has added to meanwhile, not even where that one was killed with half of its refs moved.
 */
const HYDRATING_REF = 'refs/drydock/hydrating';
/** Branch of the objects of the fleet itself: what every Environment needs before its first promotion. */
export const FLEET_REF = 'refs/heads/fleet';

export interface HydrateRevisionOptions {
  readonly repository: Repository;
  readonly releases: ReleaseStore;
  readonly hydrator: Hydrator;
  readonly revision: string;
  /** The Revision that was hydrated last, as it was before `revision` was found on main: so that none goes back. */
  readonly from: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Who wanted a Revision, where somebody else knows it better than git; undefined when they do not. */
  readonly requesterOf?: ((revision: string) => Promise<string | undefined>) | undefined;
}

/**
 * Hydrates a Revision and stores a Release for each Unit whose output differs from that of its newest Release, and a
 * Release without targets for each Unit that is gone. Everything becomes visible in one transaction.
 *
 * @returns the names of the Units that got a Release
 * @throws HydrationError when the Revision cannot be hydrated; nothing has changed then
 */
export async function hydrateRevision(options: HydrateRevisionOptions): Promise<readonly string[]> {
  const { repository, releases, hydrator, revision, from } = options;
  const fleet = await hydrator.hydrate(revision);
  await claim(options);
  const known = await releases.list();
  const changed = [
    ...(await changedUnits(repository, fleet, known)),
    ...(await removedUnits(repository, fleet, known)),
  ];
  const commit = await repository.readCommit(revision);
  const common = {
    revision,
    subject: commit.message.split('\n')[0] ?? '',
    createdAt: options.now,
    requestedBy: (await options.requesterOf?.(revision)) ?? (await pusherOf(repository, revision)),
  };
  const updates = changed
    .filter(({ unit }) => !known.get(unit)?.some((release) => release.revision === revision))
    .map((unit) => releases.create({ ...unit, ...common }));
  const fleetUpdate = await fleetBranch(repository, fleet, options);
  const hydrated = { ref: HYDRATED_REF, from, to: revision };
  const claimed = { ref: HYDRATING_REF, from: revision, to: revision };
  await repository.commitRefs(
    [claimed, ...updates, ...fleetUpdate, ...(from === revision ? [] : [hydrated])],
    {
      reason: `hydrate ${revision}`,
    },
  );
  return changed.map(({ unit }) => unit);
}

async function claim({ repository, revision, from }: HydrateRevisionOptions): Promise<void> {
  const claimed = { ref: HYDRATING_REF, from: await repository.resolve(HYDRATING_REF), to: revision };
  const hydrated = { ref: HYDRATED_REF, from, to: from };
  await repository.commitRefs([claimed, hydrated], { reason: `begin to hydrate ${revision}` });
}

type UnitTree = Pick<NewRelease, 'unit' | 'kind' | 'team' | 'sequence' | 'tree'>;

async function changedUnits(
  repository: Repository,
  fleet: HydratedFleet,
  known: ReadonlyMap<string, readonly Release[]>,
): Promise<readonly UnitTree[]> {
  const units = [...Map.groupBy(fleet.units, ({ unit }) => unit)];
  const trees = await Promise.all(
    units.map(async ([unit, parts]) => {
      const newest = known.get(unit)?.[0];
      const tree = await releaseTree(repository, parts);
      const { kind, team } = parts[0] ?? { kind: 'Application' as const, team: null };
      const entry = { unit, kind, team: team ?? undefined, sequence: (newest?.sequence ?? 0) + 1, tree };
      return tree === newest?.tree ? [] : [entry];
    }),
  );
  return trees.flat();
}

async function removedUnits(
  repository: Repository,
  fleet: HydratedFleet,
  known: ReadonlyMap<string, readonly Release[]>,
): Promise<readonly UnitTree[]> {
  const present = new Set(fleet.units.map(({ unit }) => unit));
  const gone = [...known.values()].flatMap(([newest]) => newest ?? []);
  const empty = await repository.editTree(undefined, new Map());
  return gone
    .filter(({ unit, targets }) => !present.has(unit) && targets.size > 0)
    .map(({ unit, kind, team, sequence }) => ({ unit, kind, team, sequence: sequence + 1, tree: empty }));
}

async function releaseTree(repository: Repository, parts: readonly HydratedUnit[]): Promise<string> {
  const files = parts.flatMap(({ environment, cluster, files }) =>
    Object.entries(files).map(([path, text]) => [`${environment}/${cluster}/${path}`, text] as const),
  );
  return treeOf(repository, undefined, Object.fromEntries(files));
}

async function fleetBranch(
  repository: Repository,
  fleet: HydratedFleet,
  { revision, now }: HydrateRevisionOptions,
): Promise<readonly RefUpdate[]> {
  const from = await repository.resolve(FLEET_REF);
  const tree = await treeOf(repository, undefined, fleet.fleetFiles);
  if (from !== undefined && (await repository.readCommit(from)).tree === tree) return [];
  const who = promoterSignature(now);
  const message = `fleet objects of ${revision.slice(0, 8)}\n\nRevision: ${revision}\n`;
  const parents = from === undefined ? [] : [from];
  return [
    {
      ref: FLEET_REF,
      from,
      to: repository.writeCommit({ tree, parents, author: who, committer: who, message }),
    },
  ];
}

async function treeOf(
  repository: Repository,
  base: string | undefined,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const edits = Object.entries(files).map(
    ([path, text]) => [path, { mode: FILE_MODE, oid: repository.writeBlob(text) }] as const,
  );
  return repository.editTree(base, new Map(edits));
}
