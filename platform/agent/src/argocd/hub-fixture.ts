import { stringify } from 'yaml';
import type { ResourceType } from '../cluster/cluster-client.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { MemoryCluster } from '../cluster/memory-cluster.ts';
import { silentLogger } from '../logger.ts';
import { ManualClock } from '../manual-clock.ts';
import { ManifestStore } from '../source/manifest-store.ts';
import { MemoryRevisions } from '../source/memory-revisions.ts';
import { repositoryKey } from '../source/repository-key.ts';
import {
  type Application,
  type ApplicationSpec,
  type ApplicationStatus,
  asApplication,
} from './application.ts';
import { ApplicationController } from './application-controller.ts';

const kind = (
  group: string,
  name: string,
  options: { scope?: 'cluster'; plural?: string } = {},
): ResourceType => ({
  group,
  version: group === 'argoproj.io' ? 'v1alpha1' : 'v1',
  kind: name,
  plural: options.plural ?? `${name.toLowerCase()}s`,
  namespaced: options.scope !== 'cluster',
  hasStatus: false,
});

/** The kinds that the clusters of the fixture serve. */
export const servedKinds: readonly ResourceType[] = [
  kind('', 'Namespace', { scope: 'cluster' }),
  kind('', 'ConfigMap'),
  kind('', 'Secret'),
  kind('', 'Service'),
  kind('apps', 'Deployment'),
  kind('batch', 'Job'),
  kind('apiextensions.k8s.io', 'CustomResourceDefinition', { scope: 'cluster' }),
  kind('argoproj.io', 'Application'),
  kind('argoproj.io', 'AppProject'),
];

/** The address of the fixture's repository. */
export const repoURL = 'https://git.example.com/fleet.git';

/** A hub, a spoke named `dev` and a repository, all in memory, and a controller over them. */
export class HubFixture {
  readonly hub = new MemoryCluster('in-cluster', servedKinds);
  readonly dev = new MemoryCluster('dev', servedKinds);
  readonly git = new MemoryRevisions();
  readonly clock = new ManualClock();
  controller: ApplicationController;

  constructor() {
    this.hub.put(clusterSecret('dev'));
    this.controller = this.#newController();
  }

  /** Ends the controller and starts another that knows nothing but what the API holds. */
  async restart(): Promise<void> {
    await this.controller.close();
    this.controller = this.#newController();
    await this.controller.start();
  }

  /** Creates an Application of the folder `app` on branch `env/dev`, automated unless told otherwise. */
  create(
    name: string,
    spec: Partial<ApplicationSpec> = {},
    metadata: Partial<KubeObject['metadata']> = {},
  ): void {
    this.hub.put({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd', ...metadata },
      spec: {
        project: 'default',
        source: { repoURL, path: 'app', targetRevision: 'env/dev' },
        destination: { name: 'dev', namespace: 'shop' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
        ...spec,
      },
    });
  }

  application(name: string): Application {
    const object = this.hub.read(`Application/argocd/${name}`);
    if (object === undefined) throw new Error(`no application ${name}`);
    return asApplication(object);
  }

  /** Resolves with the status as soon as it fits. */
  async status(name: string, fits: (status: ApplicationStatus) => boolean): Promise<ApplicationStatus> {
    return await this.hub.until(() => {
      const status = this.hub.read(`Application/argocd/${name}`)?.status as ApplicationStatus | undefined;
      return status !== undefined && fits(status) ? status : undefined;
    });
  }

  /** Asks for a refresh as Argo CD's users do. */
  refresh(name: string): void {
    const app = this.application(name);
    const annotations = { ...app.metadata.annotations, 'argocd.argoproj.io/refresh': 'normal' };
    this.hub.put({ ...app, metadata: { ...app.metadata, annotations } });
  }

  #newController(): ApplicationController {
    return new ApplicationController({
      hub: this.hub,
      connect: () => this.dev,
      repositories: new Map([[repositoryKey(repoURL), new ManifestStore(this.git)]]),
      clock: this.clock,
      logger: silentLogger,
      pollSeconds: 180,
      workers: 10,
    });
  }
}

/** YAML of several objects. */
export function yaml(...objects: readonly object[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

/** A ConfigMap, with annotations where they matter. */
export function configMap(name: string, annotations: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, annotations }, data: { key: name } };
}

/** A Deployment of one replica. */
export function deployment(name: string, annotations: Readonly<Record<string, string>> = {}): KubeObject {
  const template = { spec: { containers: [{ name: 'main', image: `${name}:1` }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, annotations },
    spec: { replicas: 1, template },
  };
}

/** Reports a rollout of a live Deployment as complete. */
export function rollOut(cluster: MemoryCluster, path: string): void {
  const live = cluster.read(path);
  if (live === undefined) throw new Error(`no ${path}`);
  const { generation } = live.metadata;
  const counts = { replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1 };
  cluster.put({ ...live, status: { observedGeneration: generation, ...counts } });
}

function clusterSecret(name: string): KubeObject {
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
    data: { name: encode(name), server: encode(`https://${name}.example.com:6443`), config: encode('{}') },
  };
}
