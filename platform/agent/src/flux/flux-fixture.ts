import type { ResourceType } from '../cluster/cluster-client.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { MemoryCluster } from '../cluster/memory-cluster.ts';
import { silentLogger } from '../logger.ts';
import { ManualClock } from '../manual-clock.ts';
import { ManifestStore } from '../source/manifest-store.ts';
import { MemoryRevisions } from '../source/memory-revisions.ts';
import { repositoryKey } from '../source/repository-key.ts';
import { FluxController } from './flux-controller.ts';
import { gitRepositoryKind, kustomizationKind, unfetchableKinds } from './flux-kinds.ts';
import type { KustomizationSpec } from './kustomization.ts';

/** The address of the fixture's repository. */
export const repoURL = 'https://git.example.com/fleet.git';

const plain: readonly ResourceType[] = [
  { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false, hasStatus: true },
  { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true, hasStatus: false },
  {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    plural: 'deployments',
    namespaced: true,
    hasStatus: true,
  },
];

/** A cluster with Flux's kinds and a repository, in memory, and a controller over them. */
export class FluxFixture {
  readonly cluster = new MemoryCluster('edge', [
    ...plain,
    ...[gitRepositoryKind, kustomizationKind, ...unfetchableKinds].map((kind) => ({
      ...kind,
      plural: `${kind.kind.toLowerCase()}s`,
      namespaced: true,
      hasStatus: true,
    })),
  ]);
  readonly git = new MemoryRevisions();
  readonly clock = new ManualClock();
  controller = this.#newController();

  /** Ends the controller and starts another that knows nothing but what the API holds. */
  async restart(): Promise<void> {
    await this.controller.close();
    this.controller = this.#newController();
    await this.controller.start();
  }

  /** Creates the GitRepository `fleet` of the branch `env/edge`. */
  createSource(spec: object = {}): void {
    this.cluster.put({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'fleet', namespace: 'flux-system' },
      spec: { url: repoURL, interval: '1m', ref: { branch: 'env/edge' }, ...spec },
    });
  }

  /** Creates a Kustomization of the folder of its name. */
  create(name: string, spec: Partial<KustomizationSpec> = {}): void {
    this.cluster.put({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: 'flux-system' },
      spec: {
        interval: '10m',
        path: `./${name}`,
        prune: true,
        wait: true,
        targetNamespace: 'shop',
        sourceRef: { kind: 'GitRepository', name: 'fleet' },
        ...spec,
      },
    });
  }

  /** Resolves with an object as soon as its condition is so. */
  async condition(
    path: string,
    wanted: { type?: string; status?: string; reason?: string },
  ): Promise<KubeObject> {
    const type = wanted.type ?? 'Ready';
    return await this.cluster.until(() => {
      const object = this.cluster.read(path);
      const conditions = ((object?.status as { conditions?: object[] })?.conditions ?? []) as {
        type: string;
        status: string;
        reason: string;
      }[];
      const found = conditions.find((condition) => condition.type === type);
      const fits =
        (wanted.status ?? found?.status) === found?.status &&
        (wanted.reason ?? found?.reason) === found?.reason;
      return found !== undefined && fits ? object : undefined;
    });
  }

  /** Annotates an object as `flux reconcile` does. */
  request(path: string, at: string): void {
    const object = this.cluster.read(path);
    if (object === undefined) throw new Error(`no ${path}`);
    const annotations = { ...object.metadata.annotations, 'reconcile.fluxcd.io/requestedAt': at };
    this.cluster.put({ ...object, metadata: { ...object.metadata, annotations } });
  }

  #newController(): FluxController {
    return new FluxController({
      client: this.cluster,
      repositories: new Map([[repositoryKey(repoURL), new ManifestStore(this.git)]]),
      clock: this.clock,
      logger: silentLogger,
      workers: 10,
    });
  }
}
