import { openRepository } from '@drydock/git';
import type { KubeConfig } from '@kubernetes/client-node';
import { ApplicationController } from './argocd/application-controller.ts';
import { kubeConfigOf } from './argocd/cluster-secret.ts';
import { repositoryKey } from './argocd/source-manifests.ts';
import { type Clock, systemClock } from './clock.ts';
import { ApiClusterClient } from './cluster/api-cluster-client.ts';
import { type Logger, silentLogger } from './logger.ts';
import { GitRevisionSource } from './source/git-revision-source.ts';
import { ManifestStore } from './source/manifest-store.ts';

/** What the agent runs on. */
export interface AgentOptions {
  /** The cluster with the Applications: a loaded kubeconfig, or its text. */
  readonly hub: KubeConfig | string;
  /** The git directory on this machine for each `repoURL`; nothing is ever fetched. */
  readonly repositories: Readonly<Record<string, string>>;
  /** @default silent */
  readonly logger?: Logger | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** How often everything is looked at without a reason, in seconds. @default 180, as Argo CD */
  readonly pollSeconds?: number | undefined;
  /** How many objects are reconciled at the same time. @default 50 */
  readonly workers?: number | undefined;
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
  const hub = new ApiClusterClient(options.hub, 'in-cluster');
  const controller = new ApplicationController({
    hub,
    connect: (entry) => new ApiClusterClient(kubeConfigOf(entry), entry.name),
    repositories,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    pollSeconds: options.pollSeconds ?? 180,
    workers: options.workers ?? 50,
  });
  const close = async (): Promise<void> => {
    await controller.close();
    await hub.close();
    for (const store of repositories.values()) await store.close();
  };
  try {
    await controller.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { close, refreshRepository: (repoURL) => controller.refreshRepository(repoURL) };
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
