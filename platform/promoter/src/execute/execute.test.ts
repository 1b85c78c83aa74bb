import { FILE_MODE, MemoryRepository, parseTrailers, type Repository } from '@drydock/git';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../decide/verdict.ts';
import { type EnvironmentHead, EnvironmentStore, environmentRef } from '../environments/environment-store.ts';
import type { Release } from '../releases/release.ts';
import { execute } from './execute.ts';

const NOW = Date.UTC(2026, 0, 5);
const WHO = { name: 'test', email: 'test@example.com', at: NOW };
const CLUSTERS = ['eu', 'us', 'ap'];
const ENVIRONMENT = 'prod';
type Files = Readonly<Record<string, string>>;

async function treeOf(repository: Repository, files: Files): Promise<string> {
  const edits = Object.entries(files).map(
    ([path, text]) => [path, { mode: FILE_MODE, oid: repository.writeBlob(text) }] as const,
  );
  return repository.editTree(undefined, new Map(edits));
}

async function filesAt(repository: Repository, commit: string): Promise<Files> {
  const entries = await repository.listTree(commit, { recursive: true });
  const contents = await repository.readBlobs(entries.map(({ oid }) => oid));
  return Object.fromEntries(entries.map(({ path }, index) => [path, String(contents[index])]));
}

async function headWith(repository: Repository, files: Files): Promise<EnvironmentHead> {
  const tree = await treeOf(repository, files);
  const to = repository.writeCommit({ tree, parents: [], author: WHO, committer: WHO, message: 'first\n' });
  await repository.commitRefs([{ ref: environmentRef(ENVIRONMENT), from: undefined, to }], { reason: 'x' });
  return new EnvironmentStore(repository).head(ENVIRONMENT);
}

/** A Release of a Unit with files of its own on some clusters: cluster → path → text. */
async function releaseOf(repository: Repository, unit: string, clusters: Readonly<Record<string, Files>>) {
  const files = Object.entries(clusters).flatMap(([cluster, own]) =>
    Object.entries(own).map(([path, text]) => [`${ENVIRONMENT}/${cluster}/${path}`, text] as const),
  );
  const release: Release = {
    id: 'a'.repeat(40),
    unit,
    kind: 'Application',
    team: 'demo',
    revision: 'b'.repeat(40),
    subject: 'change',
    sequence: 1,
    createdAt: NOW,
    requestedBy: 'dora',
    tree: await treeOf(repository, Object.fromEntries(files)),
    targets: new Map([[ENVIRONMENT, Object.keys(clusters)]]),
  };
  await repository.flush();
  return release;
}

function promote(release: Release, clusters: readonly string[], more: Partial<Verdict> = {}): Verdict {
  return {
    unit: release.unit,
    environment: ENVIRONMENT,
    action: 'promote',
    candidate: release,
    cause: 'promotion',
    clusters,
    gates: [{ type: 'health', phase: 'passed', reason: 'healthy in staging' }],
    reasons: [],
    opensAt: undefined,
    requestedBy: 'dora',
    approvedBy: ['anna', 'ben'],
    rejects: undefined,
    ...more,
  };
}

const ownFiles = (unit: string) =>
  fc.record({
    [`delivery/${unit}.yaml`]: fc.string(),
    [`units/${unit}/a.yaml`]: fc.string(),
    [`units/${unit}/deep/b.yaml`]: fc.string(),
  });
const anyFiles = fc
  .array(
    fc.tuple(
      fc.constantFrom(...CLUSTERS),
      fc.constantFrom(
        'delivery/checkout.yaml',
        'units/checkout/a.yaml',
        'units/podinfo/old.yaml',
        'units/podinfo2/a.yaml',
        'delivery/podinfo.yaml',
        'README.md',
      ),
      fc.string(),
    ),
  )
  .map((entries) => Object.fromEntries(entries.map(([cluster, path, text]) => [`${cluster}/${path}`, text])));
const isOwn = (path: string, clusters: readonly string[]) =>
  clusters.some(
    (cluster) => path === `${cluster}/delivery/podinfo.yaml` || path.startsWith(`${cluster}/units/podinfo/`),
  );

describe('execute', () => {
  it('changes the paths of the promoted unit and no other, to the bytes of its release', async () => {
    const clusterSets = fc.subarray(CLUSTERS, { minLength: 1 });
    const scenario = fc.record({
      before: anyFiles,
      targets: fc.subarray(CLUSTERS),
      moving: clusterSets,
      own: ownFiles('podinfo'),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ before, targets, moving, own }) => {
        const repository = new MemoryRepository();
        const head = await headWith(repository, { ...before, 'README.md': 'hello' });
        const clusters = Object.fromEntries(targets.map((cluster) => [cluster, own]));
        const release = await releaseOf(repository, 'podinfo', clusters);
        const [promotion] = await execute(
          repository,
          { heads: [head], guards: [] },
          [promote(release, moving)],
          NOW,
        );
        const after = await filesAt(repository, promotion?.commit ?? '');
        const foreign = (files: Files) =>
          Object.entries(files).filter(([path]) => !isOwn(path, moving) && path !== '.drydock/podinfo.json');
        expect(Object.fromEntries(foreign(after))).toEqual(
          Object.fromEntries(foreign({ ...before, 'README.md': 'hello' })),
        );
        for (const cluster of moving) {
          const expected = targets.includes(cluster) ? own : {};
          const found = Object.entries(after).filter(([path]) => isOwn(path, [cluster]));
          expect(Object.fromEntries(found)).toEqual(
            Object.fromEntries(Object.entries(expected).map(([path, text]) => [`${cluster}/${path}`, text])),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('follows the former head, and says in the commit and in the record who, what and why', async () => {
    const repository = new MemoryRepository();
    const head = await headWith(repository, { 'README.md': 'hello' });
    const release = await releaseOf(repository, 'podinfo', { eu: { 'delivery/podinfo.yaml': 'x' } });
    const [promotion] = await execute(
      repository,
      { heads: [head], guards: [] },
      [promote(release, ['eu'])],
      NOW,
    );
    const commit = await repository.readCommit(promotion?.commit ?? '');
    expect(commit.parents).toEqual([head.commit]);
    expect(parseTrailers(commit.message)).toEqual({
      Promotion: promotion?.id,
      Unit: 'podinfo',
      Release: release.id,
      Revision: release.revision,
      Clusters: 'eu',
      Cause: 'promotion',
      'Requested-by': 'dora',
      'Approved-by': 'anna, ben',
      Gates: 'health: healthy in staging',
    });
    const record = (await new EnvironmentStore(repository).head(ENVIRONMENT)).records.get('podinfo');
    expect(record?.clusters.eu).toMatchObject({ promotion: promotion?.id, approvedBy: ['anna', 'ben'] });
  });

  it('moves many units in one commit', async () => {
    const repository = new MemoryRepository();
    const head = await headWith(repository, { 'README.md': 'hello' });
    const units = Array.from({ length: 20 }, (_, index) => `unit-${index}`);
    const verdicts = await Promise.all(
      units.map(async (unit) =>
        promote(
          { ...(await releaseOf(repository, unit, { eu: { [`delivery/${unit}.yaml`]: unit } })), id: unit },
          ['eu'],
        ),
      ),
    );
    const promotions = await execute(repository, { heads: [head], guards: [] }, verdicts, NOW);
    expect(new Set(promotions.map(({ commit }) => commit)).size).toBe(1);
    expect(new Set(promotions.map(({ id }) => id)).size).toBe(20);
    const files = await filesAt(repository, promotions[0]?.commit ?? '');
    expect(units.every((unit) => files[`eu/delivery/${unit}.yaml`] === unit)).toBe(true);
  });

  it('remembers what was there before, the latest first', async () => {
    const repository = new MemoryRepository();
    const release = await releaseOf(repository, 'podinfo', { eu: { 'delivery/podinfo.yaml': 'x' } });
    await headWith(repository, { 'README.md': 'hello' });
    for (let sequence = 1; sequence <= 13; sequence += 1) {
      const head = await new EnvironmentStore(repository).head(ENVIRONMENT);
      const next = { ...release, id: `${sequence}`, sequence };
      await execute(repository, { heads: [head], guards: [] }, [promote(next, ['eu'])], NOW);
    }
    const { records } = await new EnvironmentStore(repository).head(ENVIRONMENT);
    expect(records.get('podinfo')?.previous).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3']);
  });

  it.each([
    ['the branch', environmentRef(ENVIRONMENT)],
    ['another environment', environmentRef('dev')],
    ['what people have decided', 'refs/drydock/state'],
  ])('does nothing when %s has moved since the decision', async (_what, ref) => {
    const repository = new MemoryRepository();
    const head = await headWith(repository, { 'README.md': 'hello' });
    const dev: EnvironmentHead = { environment: 'dev', commit: undefined, records: new Map() };
    const guards = [{ ref: 'refs/drydock/state', from: undefined, to: undefined }];
    const release = await releaseOf(repository, 'podinfo', { eu: { 'delivery/podinfo.yaml': 'x' } });
    const from = await repository.resolve(ref);
    const tree = await treeOf(repository, { a: 'b' });
    const to = repository.writeCommit({ tree, parents: [], author: WHO, committer: WHO, message: 'other\n' });
    await repository.commitRefs([{ ref, from, to }], { reason: 'other' });
    const refs = await repository.listRefs('refs/');
    const basis = { heads: [dev, head], guards };
    await expect(execute(repository, basis, [promote(release, ['eu'])], NOW)).rejects.toMatchObject({
      name: 'RefConflictError',
    });
    expect(await repository.listRefs('refs/')).toEqual(refs);
  });

  it('does nothing for verdicts that are not to promote', async () => {
    const repository = new MemoryRepository();
    const head = await headWith(repository, { 'README.md': 'hello' });
    const release = await releaseOf(repository, 'podinfo', { eu: {} });
    const verdicts = (['wait', 'blocked', 'current', 'none'] as const).map((action) =>
      promote(release, ['eu'], { action }),
    );
    expect(await execute(repository, { heads: [head], guards: [] }, verdicts, NOW)).toEqual([]);
  });
});
