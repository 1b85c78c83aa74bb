import { InputError, UnavailableError } from '@drydock/model';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { type ApplicationSource, type ApplicationSpec, sourcesOf } from './application.ts';
import { type ComparedTarget, targetOf } from './compared-target.ts';

/** The manifests of all sources of an Application, each at one commit. */
export interface SourceManifests {
  readonly target: ComparedTarget;
  /** One list for each source that has manifests. */
  readonly lists: readonly (readonly KubeObject[])[];
}

/**
 * Reads what an Application wants. `revision` overrides the target revision of a single source, for an operation that
 * asks for another.
 *
 * @throws InputError when a source is of a kind that cannot be rendered here; nothing is fetched from the network
 */
export async function sourceManifests(
  spec: ApplicationSpec,
  repositories: ReadonlyMap<string, ManifestStore>,
  revision?: string,
): Promise<SourceManifests> {
  const sources = sourcesOf(spec);
  for (const source of sources) refuseOtherTools(source);
  const override = sources.length === 1 ? revision : undefined;
  const read = await Promise.all(sources.map((source) => readSource(source, { repositories, override })));
  const target = targetOf(
    spec,
    read.map(({ commit }) => commit),
  );
  return { target, lists: read.flatMap(({ objects }) => (objects === undefined ? [] : [objects])) };
}

interface ReadContext {
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly override: string | undefined;
}

async function readSource(
  source: ApplicationSource,
  { repositories, override }: ReadContext,
): Promise<{ readonly commit: string; readonly objects: readonly KubeObject[] | undefined }> {
  const store = repositories.get(repositoryKey(source.repoURL));
  if (store === undefined) {
    throw new InputError(
      `repository ${source.repoURL} is not known to the embedded agent, which fetches nothing`,
    );
  }
  const wanted = override || source.targetRevision || 'HEAD';
  const commit = await store.resolve(wanted).catch((cause: unknown) => {
    throw new UnavailableError(`failed to read repository ${source.repoURL}`, { cause });
  });
  if (commit === undefined) throw new InputError(`unable to resolve '${wanted}' to a commit SHA`);
  if (source.ref !== undefined && source.path === undefined) return { commit, objects: undefined };
  const objects = await store.load({
    commit,
    path: source.path ?? '.',
    recurse: source.directory?.recurse === true,
    include: source.directory?.include ?? '',
    exclude: source.directory?.exclude ?? '',
  });
  return { commit, objects };
}

function refuseOtherTools(source: ApplicationSource): void {
  if (source.chart) {
    const what = `chart ${source.chart} ${source.targetRevision ?? ''} from ${source.repoURL}`;
    throw new InputError(`the embedded agent does not fetch Helm charts: ${what} was not rendered`);
  }
  for (const tool of ['helm', 'kustomize', 'plugin'] as const) {
    if (source[tool] === undefined) continue;
    throw new InputError(`the embedded agent applies plain manifests only, not a source with ${tool}`);
  }
  if (Object.keys((source.directory?.jsonnet ?? {}) as object).length > 0) {
    throw new InputError('the embedded agent does not render jsonnet');
  }
}
