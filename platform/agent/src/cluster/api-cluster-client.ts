import type { KubeConfig } from '@kubernetes/client-node';
import { ApiTransport } from './api-transport.ts';
import { readKubeconfig } from './cluster-access.ts';
import {
  type ApplyOptions,
  type ClusterClient,
  ClusterError,
  type DeleteOptions,
  type ObjectPlace,
  type PatchOptions,
  type ResourceType,
  resourcePath,
  type WatchEvent,
  type WatchOptions,
} from './cluster-client.ts';
import { fieldAt, groupOf, isRecord, type KubeObject, listAt, stringAt } from './kube-object.ts';

/** How long one watch request lasts before it is opened anew, in seconds. */
const watchSeconds = 600;

/** A {@link ClusterClient} over the Kubernetes HTTP API: the embedded clusters and real ones alike. */
export class ApiClusterClient implements ClusterClient {
  readonly name: string;
  readonly #transport: ApiTransport;
  readonly #types = new Map<string, Promise<readonly ResourceType[]>>();

  constructor(kubeconfig: KubeConfig | string, name?: string) {
    this.#transport = new ApiTransport(readKubeconfig(kubeconfig));
    this.name = name ?? this.#transport.name;
  }

  async findType(apiVersion: string, kind: string): Promise<ResourceType | undefined> {
    let types = this.#types.get(apiVersion);
    if (types === undefined) {
      types = this.#discover(apiVersion);
      this.#types.set(apiVersion, types);
      types.catch(() => this.#types.delete(apiVersion));
    }
    const found = (await types).find((type) => type.kind === kind);
    if (found === undefined) this.#types.delete(apiVersion);
    return found;
  }

  forgetTypes(): void {
    this.#types.clear();
  }

  async get(type: ResourceType, place: ObjectPlace): Promise<KubeObject | undefined> {
    const answer = this.#transport.send({ method: 'GET', path: resourcePath(type, place) });
    return await missingAs(undefined, answer.then(asObject));
  }

  async list(type: ResourceType): Promise<{ items: readonly KubeObject[]; resourceVersion: string }> {
    const items: KubeObject[] = [];
    let next = '';
    let resourceVersion = '';
    do {
      const query = new URLSearchParams({ limit: '500', ...(next === '' ? {} : { continue: next }) });
      const page = await this.#transport.send({ method: 'GET', path: `${resourcePath(type)}?${query}` });
      for (const item of listAt(page, 'items')) items.push(withType(item, type));
      next = stringAt(page, 'metadata', 'continue');
      resourceVersion = stringAt(page, 'metadata', 'resourceVersion');
    } while (next !== '');
    return { items, resourceVersion };
  }

  async watch(type: ResourceType, { resourceVersion, signal, onEvent }: WatchOptions): Promise<void> {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(watchSeconds),
    });
    const onLine = (line: string): void => onEvent(JSON.parse(line) as WatchEvent);
    await this.#transport.send({ method: 'GET', path: `${resourcePath(type)}?${query}`, signal, onLine });
  }

  async apply(type: ResourceType, object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    const query = new URLSearchParams({ fieldManager: options.fieldManager, force: 'true' });
    if (options.dryRun === true) query.set('dryRun', 'All');
    const answer = await this.#transport.send({
      method: 'PATCH',
      path: `${resourcePath(type, object.metadata)}?${query}`,
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    return asObject(answer);
  }

  async create(type: ResourceType, object: KubeObject): Promise<KubeObject> {
    const path = resourcePath(type, { namespace: object.metadata.namespace });
    return asObject(await this.#transport.send({ method: 'POST', path, body: object }));
  }

  async replace(type: ResourceType, object: KubeObject): Promise<KubeObject> {
    const path = resourcePath(type, object.metadata);
    return asObject(await this.#transport.send({ method: 'PUT', path, body: object }));
  }

  async patch(type: ResourceType, place: ObjectPlace, change: PatchOptions): Promise<KubeObject> {
    const suffix = change.subresource === undefined ? '' : `/${change.subresource}`;
    const answer = await this.#transport.send({
      method: 'PATCH',
      path: `${resourcePath(type, place)}${suffix}`,
      contentType: 'application/merge-patch+json',
      body: change.patch,
    });
    return asObject(answer);
  }

  async delete(type: ResourceType, place: ObjectPlace, options: DeleteOptions = {}): Promise<boolean> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: options.propagation ?? 'Foreground',
      ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
    };
    const answer = this.#transport.send({ method: 'DELETE', path: resourcePath(type, place), body });
    return await missingAs(
      false,
      answer.then(() => true),
    );
  }

  async close(): Promise<void> {
    this.#transport.close();
  }

  async #discover(apiVersion: string): Promise<readonly ResourceType[]> {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const found = await missingAs(undefined, this.#transport.send({ method: 'GET', path }));
    const resources = listAt(found, 'resources');
    const names = new Set(resources.map((resource) => stringAt(resource, 'name')));
    return resources
      .filter((resource) => !stringAt(resource, 'name').includes('/'))
      .map((resource) => ({
        group: groupOf(apiVersion),
        version: apiVersion.slice(apiVersion.indexOf('/') + 1),
        kind: stringAt(resource, 'kind'),
        plural: stringAt(resource, 'name'),
        namespaced: fieldAt(resource, 'namespaced') === true,
        hasStatus: names.has(`${stringAt(resource, 'name')}/status`),
      }));
  }
}

async function missingAs<T>(value: T, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 404) return value;
    throw error;
  }
}

function asObject(value: unknown): KubeObject {
  if (isRecord(value) && isRecord(value.metadata)) return value as KubeObject;
  throw new ClusterError('expected a Kubernetes object in the answer', { code: 500 });
}

/** The items of a list carry neither apiVersion nor kind on a real API server. */
function withType(item: unknown, type: ResourceType): KubeObject {
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  return { ...asObject(item), apiVersion, kind: type.kind };
}
