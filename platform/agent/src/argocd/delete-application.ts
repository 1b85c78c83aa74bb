import { apiVersionOf, type KubeObject, refOf } from '../cluster/kube-object.ts';
import type { Application } from './application.ts';
import type { FoundDestination } from './destinations.ts';
import { isHook } from './hooks.ts';
import { hasResourceOption } from './sync-options.ts';
import { waveOf } from './sync-order.ts';

/** The finalizer that makes deletion cascade ("App Deletion"); it may end in `/foreground` or `/background`. */
const cascadeFinalizer = 'resources-finalizer.argocd.argoproj.io';

/** The finalizers of an Application that ask for its resources to be deleted with it. */
export function cascadeFinalizers(app: Application): readonly string[] {
  const finalizers = app.metadata.finalizers ?? [];
  return finalizers.filter((name) => name === cascadeFinalizer || name.startsWith(`${cascadeFinalizer}/`));
}

/**
 * Deletes what an Application tracks, the highest wave first. Resolves with what is still there; empty when the
 * finalizer can go. Objects with `Delete=false` stay.
 */
export async function deleteResources(
  app: Application,
  { cluster }: FoundDestination,
): Promise<readonly KubeObject[]> {
  const known = app.status?.resources ?? [];
  await cluster.follow(known.map(({ group = '', version, kind }) => ({ group, version, kind })));
  const owned = cluster
    .ownedBy(app.metadata.name)
    .filter((object) => !hasResourceOption(object, 'Delete=false'))
    .filter((object) => isHook(object) || (object.metadata.ownerReferences ?? []).length === 0);
  const wave = Math.max(...owned.map(waveOf));
  const propagation = cascadeFinalizers(app)[0]?.endsWith('/background') ? 'Background' : 'Foreground';
  const due = owned.filter(
    (object) => waveOf(object) === wave && object.metadata.deletionTimestamp === undefined,
  );
  for (const object of due) {
    const ref = refOf(object);
    const type = await cluster.client.findType(apiVersionOf(ref.group, ref.version), ref.kind);
    if (type !== undefined) await cluster.client.delete(type, ref, { propagation, uid: object.metadata.uid });
  }
  return owned;
}
