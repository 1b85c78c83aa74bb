import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, FILE_MODE, openRepository, type Repository } from '@drydock/git';
import { type RunningCluster, startCluster } from '@drydock/kube';
import { systemClock } from './clock.ts';
import { ApiClusterClient } from './cluster/api-cluster-client.ts';
import { ClusterCache } from './cluster/cluster-cache.ts';
import { apiVersionOf, type KubeObject } from './cluster/kube-object.ts';

/** A kind of the embedded clusters, as `group`, `version` and `kind`. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** An embedded cluster with a client that waits for states instead of sleeping. For tests. */
export class TestCluster {
  readonly server: RunningCluster;
  readonly client: ApiClusterClient;
  readonly #cache: ClusterCache;
  readonly #listeners = new Set<() => void>();

  constructor(server: RunningCluster) {
    this.server = server;
    this.client = new ApiClusterClient(server.kubeconfig());
    this.#cache = new ClusterCache({
      client: this.client,
      clock: systemClock,
      ownerOf: () => undefined,
      onOwner: () => {},
      onCluster: () => {},
      onObject: () => {
        for (const listener of [...this.#listeners]) listener();
      },
    });
  }

  /** Creates or replaces fields of an object as a user would, with server-side apply. */
  async apply(object: KubeObject): Promise<KubeObject> {
    const type = await this.client.findType(object.apiVersion, object.kind);
    if (type === undefined) throw new Error(`${this.server.name} does not serve ${object.kind}`);
    return await this.client.apply(type, object, { fieldManager: 'test' });
  }

  async patch(kind: Kind, place: { namespace?: string; name: string }, patch: object): Promise<void> {
    const type = await this.client.findType(apiVersionOf(kind.group, kind.version), kind.kind);
    if (type === undefined) throw new Error(`${this.server.name} does not serve ${kind.kind}`);
    await this.client.patch(type, place, { patch: patch as Readonly<Record<string, unknown>> });
  }

  async delete(object: KubeObject): Promise<void> {
    const type = await this.client.findType(object.apiVersion, object.kind);
    if (type !== undefined) await this.client.delete(type, object.metadata);
  }

  /** Resolves with the object as soon as it fits; `undefined` stands for an object that does not exist. */
  async until(
    ref: Kind & { readonly namespace?: string; readonly name: string },
    fits: (object: KubeObject | undefined) => boolean,
  ): Promise<KubeObject | undefined> {
    await this.#cache.follow([ref]);
    for (;;) {
      const object = this.#cache.get({ namespace: '', ...ref });
      if (fits(object)) return object;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#listeners.add(resolve);
      await promise;
      this.#listeners.delete(resolve);
    }
  }

  async close(): Promise<void> {
    this.#cache.close();
    await this.client.close();
    await this.server.close();
  }
}

/** Embedded clusters and a git repository in a temporary folder. For tests. */
export class EmbeddedFixture {
  readonly folder: string;
  readonly repository: Repository;
  readonly clusters: ReadonlyMap<string, TestCluster>;

  private constructor(folder: string, repository: Repository, clusters: readonly TestCluster[]) {
    this.folder = folder;
    this.repository = repository;
    this.clusters = new Map(clusters.map((cluster) => [cluster.server.name, cluster]));
  }

  /** Starts a cluster for each name, with pods that become ready after a moment. */
  static async start(names: readonly string[], crds: readonly object[] = []): Promise<EmbeddedFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-agent-'));
    const gitDir = join(folder, 'fleet.git');
    await createRepository(gitDir);
    const clusters = names.map(async (name) => {
      const simulation = { podReadyAfter: 20, progressDeadline: 200 };
      return new TestCluster(await startCluster({ name, dataDir: join(folder, name), simulation, crds }));
    });
    return new EmbeddedFixture(folder, await openRepository(gitDir), await Promise.all(clusters));
  }

  cluster(name: string): TestCluster {
    const found = this.clusters.get(name);
    if (found === undefined) throw new Error(`no cluster ${name}`);
    return found;
  }

  /** Moves a branch to a new commit that holds exactly these files; answers with its id. */
  async commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const edits = Object.entries(files).map(
      ([path, text]) => [path, { mode: FILE_MODE, oid: this.repository.writeBlob(text) }] as const,
    );
    const tree = await this.repository.editTree(undefined, new Map(edits));
    const ref = `refs/heads/${branch}`;
    const from = await this.repository.resolve(ref);
    const who = { name: 'tester', email: 'tester@example.com', at: Date.now() };
    const parents = from === undefined ? [] : [from];
    const commit = { tree, parents, author: who, committer: who, message: 'change\n' };
    const to = this.repository.writeCommit(commit);
    await this.repository.commitRefs([{ ref, from, to }], { reason: 'test' });
    return to;
  }

  /** The Secret that makes a cluster known to Argo CD. */
  secretOf(name: string): KubeObject {
    const { url, token, caPem } = this.cluster(name).server;
    const encode = (text: string): string => Buffer.from(text).toString('base64');
    const config = { bearerToken: token, tlsClientConfig: { caData: encode(caPem) } };
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
      data: { name: encode(name), server: encode(url), config: encode(JSON.stringify(config)) },
    };
  }

  async close(): Promise<void> {
    for (const cluster of this.clusters.values()) await cluster.close();
    await this.repository.close();
    await rm(this.folder, { recursive: true });
  }
}

/** A CustomResourceDefinition with a status subresource and no schema. */
export function definitionOf({ group, version, kind }: Kind, plural = `${kind.toLowerCase()}s`): KubeObject {
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: open, status: open } } };
  const served = { name: version, served: true, storage: true, schema, subresources: { status: {} } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { kind, plural }, scope: 'Namespaced', versions: [served] },
  };
}
