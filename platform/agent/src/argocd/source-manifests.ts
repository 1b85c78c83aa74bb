import { InputError, UnavailableError } from '@drydock/model';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { type ApplicationSource, type ApplicationSpec, sourcesOf } from './application.ts';

/** The manifests of a source at one commit. */
export interface SourceManifests {
  readonly commit: string;
  readonly source: ApplicationSource;
  readonly objects: readonly KubeObject[];
}

/**
 * Reads what an Application wants. `revision` overrides the target revision, for an operation that asks for another.
 *
 * @throws InputError when the source is of a kind that cannot be rendered here; nothing is fetched from the network
 */
export async function sourceManifests(
  spec: ApplicationSpec,
  repositories: ReadonlyMap<string, ManifestStore>,
  revision?: string,
): Promise<SourceManifests> {
  const source = renderableSource(spec);
  const store = repositories.get(repositoryKey(source.repoURL));
  if (store === undefined) {
    throw new InputError(
      `repository ${source.repoURL} is not known to the embedded agent, which fetches nothing`,
    );
  }
  const wanted = revision || source.targetRevision || 'HEAD';
  const commit = await store.resolve(wanted).catch((cause: unknown) => {
    throw new UnavailableError(`failed to read repository ${source.repoURL}`, { cause });
  });
  if (commit === undefined) throw new InputError(`unable to resolve '${wanted}' to a commit SHA`);
  const objects = await store.load({
    commit,
    path: source.path ?? '.',
    recurse: source.directory?.recurse === true,
    include: source.directory?.include ?? '',
    exclude: source.directory?.exclude ?? '',
  });
  return { commit, source, objects };
}

/** Addresses that differ only in a trailing `/` or `.git` are the same repository (Argo CD, `git.NormalizeGitURL`). */
export function repositoryKey(url: string): string {
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}

function renderableSource(spec: ApplicationSpec): ApplicationSource {
  const sources = sourcesOf(spec);
  const chart = sources.find((source) => source.chart);
  if (chart !== undefined) {
    const version = chart.targetRevision ?? '';
    throw new InputError(
      `the embedded agent does not fetch Helm charts: chart ${chart.chart} ${version} from ${chart.repoURL} was not rendered`,
    );
  }
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    throw new InputError(`the embedded agent renders one source per Application, got ${sources.length}`);
  }
  for (const tool of ['helm', 'kustomize', 'plugin'] as const) {
    if (source[tool] === undefined) continue;
    throw new InputError(`the embedded agent applies plain manifests only, not a source with ${tool}`);
  }
  if (source.directory?.jsonnet !== undefined && Object.keys(source.directory.jsonnet as object).length > 0) {
    throw new InputError('the embedded agent does not render jsonnet');
  }
  return source;
}
