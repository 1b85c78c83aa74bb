import { openRepository } from '@drydock/git';
import type { KubeConfig } from '@kubernetes/client-node';
import { ApplicationController } from './argocd/application-controller.ts';
import { kubeconfigOf } from './argocd/cluster-secret.ts';
import { type Clock, systemClock } from './clock.ts';
import { ApiClusterClient } from './cluster/api-cluster-client.ts';
import { FluxController } from './flux/flux-controller.ts';
import { type Logger, silentLogger } from './logger.ts';
import { GitRevisionSource } from './source/git-revision-source.ts';
import { ManifestStore } from './source/manifest-store.ts';
import { repositoryKey } from './source/repository-key.ts';

/** What the agent runs on. */
export interface AgentOptions {
  /** The cluster with the Applications: a loaded kubeconfig, or its text. */
  readonly hub: KubeConfig | string;
  /** The git directory on this machine for each `repoURL`; nothing is ever fetched. */
  readonly repositories: Readonly<Record<string, string>>;
  /** The clusters whose Flux objects are reconciled, each on the cluster itself. @default none */
  readonly fluxClusters?: readonly FluxCluster[] | undefined;
  /** @default silent */
  readonly logger?: Logger | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** How often everything is looked at without a reason, in seconds. @default 180, as Argo CD */
  readonly pollSeconds?: number | undefined;
  /** How many objects are reconciled at the same time. @default 50 */
  readonly workers?: number | undefined;
}

/** A cluster that Flux delivers to. */
export interface FluxCluster {
  readonly name: string;
  readonly kubeconfig: KubeConfig | string;
}

/** An agent that runs. */
export interface RunningAgent {
  /** Looks at everything that uses a repository at once, as a git server's webhook would ask. */
  refreshRepository(repoURL: string): void;
  /** Ends what is under way and closes every connection; what was begun goes on after the next start. */
  close(): Promise<void>;
}

/**
 * Starts the embedded GitOps agent. Its state is only in the API, so it may be ended at any moment.
 *
 * @throws UnavailableError when the hub does not answer
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const repositories = await openStores(options.repositories);
  const parts: Parts = {
    repositories,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    workers: options.workers ?? 50,
  };
  const hub = new ApiClusterClient(options.hub, 'in-cluster');
  const spokes = (options.fluxClusters ?? []).map(
    ({ name, kubeconfig }) => new ApiClusterClient(kubeconfig, name),
  );
  const argocd = new ApplicationController({
    ...parts,
    hub,
    connect: (entry) => new ApiClusterClient(kubeconfigOf(entry), entry.name),
    pollSeconds: options.pollSeconds ?? 180,
  });
  const flux = spokes.map((client) => new FluxController({ ...parts, client }));
  const controllers = [argocd, ...flux];
  const close = async (): Promise<void> => {
    await Promise.all(controllers.map((controller) => controller.close()));
    for (const client of [hub, ...spokes]) await client.close();
    for (const store of repositories.values()) await store.close();
  };
  try {
    await Promise.all(controllers.map((controller) => controller.start()));
  } catch (error) {
    await close();
    throw error;
  }
  const refreshRepository = (repoURL: string): void => {
    for (const controller of controllers) controller.refreshRepository(repoURL);
  };
  return { close, refreshRepository };
}

interface Parts {
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers: number;
}

async function openStores(
  directories: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, ManifestStore>> {
  const stores = Object.entries(directories).map(async ([repoURL, gitDir]) => {
    const source = new GitRevisionSource(await openRepository(gitDir));
    return [repositoryKey(repoURL), new ManifestStore(source)] as const;
  });
  return new Map(await Promise.all(stores));
}
