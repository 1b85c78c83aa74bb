import type { ClusterClient, ResourceType } from '../cluster/cluster-client.ts';
import { type KubeObject, keyOf } from '../cluster/kube-object.ts';
import { isHook } from './hooks.ts';
import { withTracking } from './tracking.ts';

/** The desired state of one Application, ready to compare and to apply. */
export interface TargetObjects {
  readonly objects: readonly KubeObject[];
  readonly hooks: readonly KubeObject[];
  /** Objects that are in git more than once, as Argo CD's warning says it. */
  readonly repeated: readonly string[];
}

/** For whom the manifests are prepared. */
export interface TargetRequest {
  readonly application: string;
  readonly namespace: string;
  readonly client: ClusterClient;
}

/**
 * Prepares manifests for one Application: the destination namespace where an object of a namespaced kind names none,
 * no namespace on cluster-scoped ones, and the tracking annotation. Kept for each list of manifests, so that the same
 * commit always gives the very same objects.
 */
export class TargetPreparer {
  readonly #joined = new WeakMap<
    readonly KubeObject[],
    WeakMap<readonly KubeObject[], readonly KubeObject[]>
  >();
  readonly #prepared = new WeakMap<readonly KubeObject[], Map<string, TargetObjects>>();

  async prepare(lists: readonly (readonly KubeObject[])[], request: TargetRequest): Promise<TargetObjects> {
    const [first = nothing, ...more] = lists;
    const manifests = more.reduce((joined, list) => this.#join(joined, list), first);
    const types = await typesOf(manifests, request.client);
    const unknown = [...types].filter(([, type]) => type === undefined).map(([kind]) => kind);
    const key = JSON.stringify([request.application, request.namespace, request.client.name, unknown]);
    const known = this.#prepared.get(manifests) ?? new Map<string, TargetObjects>();
    this.#prepared.set(manifests, known);
    const found = known.get(key) ?? prepareAll(manifests, { ...request, types });
    known.set(key, found);
    return found;
  }

  /** The same two lists always give the same joined one. */
  #join(first: readonly KubeObject[], second: readonly KubeObject[]): readonly KubeObject[] {
    const known = this.#joined.get(first) ?? new WeakMap<readonly KubeObject[], readonly KubeObject[]>();
    const joined = known.get(second) ?? [...first, ...second];
    this.#joined.set(first, known.set(second, joined));
    return joined;
  }
}

const nothing: readonly KubeObject[] = [];

type Types = ReadonlyMap<string, ResourceType | undefined>;

async function typesOf(manifests: readonly KubeObject[], client: ClusterClient): Promise<Types> {
  const kinds = Map.groupBy(manifests, (object) => `${object.apiVersion} ${object.kind}`);
  const entries = [...kinds].map(async ([key, [first]]) => {
    const type = first && (await client.findType(first.apiVersion, first.kind));
    return [key, type] as const;
  });
  return new Map(await Promise.all(entries));
}

function prepareAll(
  manifests: readonly KubeObject[],
  request: TargetRequest & { readonly types: Types },
): TargetObjects {
  const objects = new Map<string, KubeObject>();
  const hooks: KubeObject[] = [];
  const counts = new Map<string, number>();
  for (const manifest of manifests) {
    const type = request.types.get(`${manifest.apiVersion} ${manifest.kind}`);
    const placed = place(manifest, type, request.namespace);
    if (isHook(placed)) {
      hooks.push(withTracking(placed, request.application));
      continue;
    }
    const object = withTracking(placed, request.application);
    const key = keyOf(object);
    objects.set(key, object);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const repeated = [...counts].filter(([, count]) => count > 1);
  return {
    objects: [...objects.values()],
    hooks,
    repeated: repeated.map(
      ([key, count]) => `Resource ${key} appeared ${count} times among application resources.`,
    ),
  };
}

function place(object: KubeObject, type: ResourceType | undefined, namespace: string): KubeObject {
  const { namespace: own, ...metadata } = object.metadata;
  if (type?.namespaced === false) return { ...object, metadata };
  const chosen = own ?? namespace;
  return chosen === ''
    ? { ...object, metadata }
    : { ...object, metadata: { ...metadata, namespace: chosen } };
}
