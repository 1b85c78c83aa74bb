import { type Repository, runGit } from '@drydock/git';
import { findRelease, type Target } from '../commands/target.ts';
import { affectedClusters } from '../decide/placement.ts';
import type { DiffView } from './view-schemas.ts';

/**
 * What a promotion would change, byte for byte: the rendered manifests of the Release that is next (or of one that is
 * named) against those of the active one, for each cluster.
 */
export async function diff(repository: Repository, target: Target, wanted?: string): Promise<DiffView> {
  const { unit, environment, record } = target;
  const active = Object.values(record?.clusters ?? {}).toSorted((a, b) => b.sequence - a.sequence)[0];
  const next = wanted === undefined ? target.verdict.candidate : findRelease(target, wanted);
  const common = {
    unit,
    environment,
    ...(active && { from: active.revision }),
    ...(next && { to: next.revision }),
  };
  if (next === undefined) return { ...common, clusters: [] };
  const empty = await repository.editTree(undefined, new Map());
  await repository.flush();
  const clusters = await Promise.all(
    affectedClusters(next, environment, record).map(async (cluster) => {
      const release = record?.clusters[cluster]?.release;
      const from = release === undefined ? empty : `${release}:${environment}/${cluster}`;
      const targeted = next.targets.get(environment)?.includes(cluster) ?? false;
      const to = targeted ? `${next.id}:${environment}/${cluster}` : empty;
      return { cluster, patch: from === to ? '' : await patchOf(repository, { from, to, cluster }) };
    }),
  );
  return { ...common, clusters };
}

interface Trees {
  readonly from: string;
  readonly to: string;
  readonly cluster: string;
}

async function patchOf(repository: Repository, { from, to, cluster }: Trees): Promise<string> {
  const prefixes = [`--src-prefix=a/${cluster}/`, `--dst-prefix=b/${cluster}/`];
  const args = ['diff', '--no-color', '--no-ext-diff', '--no-textconv', ...prefixes, from, to];
  return (await runGit([`--git-dir=${repository.gitDir}`, ...args])).toString('utf8');
}
