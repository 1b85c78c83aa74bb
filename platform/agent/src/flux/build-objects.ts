import type { ClusterClient } from '../cluster/cluster-client.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { ownerLabels } from './flux-owner.ts';
import type { Kustomization } from './kustomization.ts';

/**
 * What a Kustomization wants in the cluster: the manifests with `targetNamespace` on every namespaced object, the
 * common metadata, and Flux's owner labels. Kept for each list of manifests, so that the same revision always gives the
 * very same objects.
 */
export class ObjectBuilder {
  readonly #built = new WeakMap<readonly KubeObject[], Map<string, readonly KubeObject[]>>();

  async build(
    manifests: readonly KubeObject[],
    kustomization: Kustomization,
    client: ClusterClient,
  ): Promise<readonly KubeObject[]> {
    const scopes = await clusterScoped(manifests, client);
    const { targetNamespace, commonMetadata } = kustomization.spec;
    const { namespace, name } = kustomization.metadata;
    const key = JSON.stringify([namespace, name, targetNamespace, commonMetadata, [...scopes]]);
    const known = this.#built.get(manifests) ?? new Map<string, readonly KubeObject[]>();
    this.#built.set(manifests, known);
    const found = known.get(key) ?? manifests.map((object) => buildObject(object, kustomization, scopes));
    known.set(key, found);
    return found;
  }
}

/** The kinds, as `apiVersion kind`, that have no namespace. */
async function clusterScoped(
  manifests: readonly KubeObject[],
  client: ClusterClient,
): Promise<ReadonlySet<string>> {
  const kinds = Map.groupBy(manifests, kindText);
  const scoped = new Set<string>();
  for (const [key, [first]] of kinds) {
    const type = first && (await client.findType(first.apiVersion, first.kind));
    if (type?.namespaced === false) scoped.add(key);
  }
  return scoped;
}

function buildObject(
  object: KubeObject,
  { spec, metadata }: Kustomization,
  scoped: ReadonlySet<string>,
): KubeObject {
  const { namespace: own, ...rest } = object.metadata;
  const namespace = spec.targetNamespace || own;
  const labels = {
    ...rest.labels,
    ...spec.commonMetadata?.labels,
    [ownerLabels.name]: metadata.name,
    [ownerLabels.namespace]: metadata.namespace ?? '',
  };
  const annotations = { ...rest.annotations, ...spec.commonMetadata?.annotations };
  const marked = { ...rest, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  if (namespace === undefined || scoped.has(kindText(object))) return { ...object, metadata: marked };
  return { ...object, metadata: { ...marked, namespace } };
}

function kindText(object: KubeObject): string {
  return `${object.apiVersion} ${object.kind}`;
}
