import { kubeTime } from '../clock.ts';
import { fieldAt, type KubeObject, stringAt } from '../cluster/kube-object.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { conditionsOf, handledRequest } from './flux-condition.ts';

/** The names to try and the way to write the revision of a `spec.ref`. */
interface GitReference {
  readonly name: string;
  readonly label: string;
}

/**
 * The status of a GitRepository: its artifact is the commit that the reference means now. The revision is written as
 * Flux does, `<branch or tag>@sha1:<commit>`, or `sha1:<commit>` for a plain commit ("Git Repositories" in Flux's docs).
 * The artifact itself is not served: the agent reads git directly.
 */
export async function gitRepositoryStatus(
  object: KubeObject,
  store: ManifestStore | undefined,
  now: Date,
): Promise<Readonly<Record<string, unknown>>> {
  const before = (object.status ?? {}) as Readonly<Record<string, unknown>>;
  const url = stringAt(object, 'spec', 'url');
  try {
    if (store === undefined)
      throw new Error(`${url} is not known to the embedded agent, which fetches nothing`);
    const { name, label } = referenceOf(object);
    const commit = await store.resolve(name);
    if (commit === undefined) throw new Error(`couldn't find remote ref "${name}"`);
    return stored(object, { revision: revisionOf(label, commit), now });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const message = `failed to checkout and determine revision: ${said}`;
    const reason = 'GitOperationFailed';
    const conditions = conditionsOf(
      object,
      [
        { type: 'Ready', status: 'False', reason, message },
        { type: 'FetchFailed', status: 'True', reason, message },
      ],
      now,
    );
    return { ...before, ...handled(object), conditions };
  }
}

/** The commit in a revision such as `main@sha1:…`. */
export function commitOf(revision: string): string {
  return revision.slice(revision.lastIndexOf(':') + 1);
}

function stored(
  object: KubeObject,
  { revision, now }: { readonly revision: string; readonly now: Date },
): Readonly<Record<string, unknown>> {
  const { namespace, name } = object.metadata;
  const message = `stored artifact for revision '${revision}'`;
  const path = `gitrepository/${namespace ?? ''}/${name}/${commitOf(revision)}.tar.gz`;
  const before = fieldAt(object, 'status', 'artifact');
  const same = stringAt(before, 'revision') === revision;
  const artifact = {
    revision,
    path,
    digest: `sha1:${commitOf(revision)}`,
    url: `http://source-controller.flux-system.svc.cluster.local./${path}`,
    lastUpdateTime: kubeTime(now),
  };
  const conditions = conditionsOf(
    object,
    [
      { type: 'Ready', status: 'True', reason: 'Succeeded', message },
      { type: 'ArtifactInStorage', status: 'True', reason: 'Succeeded', message },
    ],
    now,
  );
  return { ...handled(object), conditions, artifact: same ? before : artifact };
}

function handled(object: KubeObject): Readonly<Record<string, unknown>> {
  return {
    observedGeneration: object.metadata.generation,
    lastHandledReconcileAt: handledRequest(object),
  };
}

/** In Flux's order of precedence; without a reference it is the branch `master`. */
function referenceOf(object: KubeObject): GitReference {
  const ref = (field: string): string => stringAt(object, 'spec', 'ref', field);
  if (ref('commit') !== '') return { name: ref('commit'), label: ref('branch') };
  if (ref('name') !== '') return { name: ref('name'), label: ref('name') };
  if (ref('semver') !== '') throw new Error('the embedded agent does not resolve spec.ref.semver');
  if (ref('tag') !== '') return { name: `refs/tags/${ref('tag')}`, label: ref('tag') };
  const branch = ref('branch') || 'master';
  return { name: `refs/heads/${branch}`, label: branch };
}

function revisionOf(label: string, commit: string): string {
  const algorithm = commit.length === 64 ? 'sha256' : 'sha1';
  return label === '' ? `${algorithm}:${commit}` : `${label}@${algorithm}:${commit}`;
}
