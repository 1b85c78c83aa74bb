import { InputError } from '@drydock/model';
import type { ClusterCache } from '../cluster/cluster-cache.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { ApplicationDestination } from './application.ts';
import { type ClusterEntry, inClusterServer, parseClusterSecret } from './cluster-secret.ts';

/** A destination that was found: the cluster's cache under both its names. */
export interface FoundDestination {
  readonly name: string;
  readonly server: string;
  readonly cluster: ClusterCache;
}

/** What {@link Destinations} is made of. */
export interface DestinationsOptions {
  readonly hub: ClusterCache;
  /** Opens the cache of a cluster that a Secret describes. */
  readonly open: (entry: ClusterEntry) => ClusterCache;
}

interface Opened {
  readonly entry: ClusterEntry;
  cluster: ClusterCache | undefined;
}

/** The clusters that Applications may name: the hub itself and those that have a Secret there. */
export class Destinations {
  readonly #options: DestinationsOptions;
  readonly #bySecret = new Map<string, Opened>();

  constructor(options: DestinationsOptions) {
    this.#options = options;
  }

  /** Takes in a Secret of the hub that changed; true when it is or was a cluster and something is different. */
  update(before: KubeObject | undefined, after: KubeObject | undefined): boolean {
    const name = (after ?? before)?.metadata.name ?? '';
    const known = this.#bySecret.get(name);
    const entry = after && parseClusterSecret(after);
    if (JSON.stringify(known?.entry) === JSON.stringify(entry)) return false;
    known?.cluster?.close();
    void known?.cluster?.client.close();
    if (entry === undefined) this.#bySecret.delete(name);
    else this.#bySecret.set(name, { entry, cluster: undefined });
    return true;
  }

  /**
   * Finds the cluster of a destination.
   *
   * @throws InputError when it names none, or one that does not exist
   */
  find(destination: ApplicationDestination): FoundDestination {
    const { name = '', server = '' } = destination;
    if (name !== '' && server !== '') {
      throw new InputError(
        `application destination can't have both name and server defined: ${name} ${server}`,
      );
    }
    if (name === '' && server === '')
      throw new InputError('application destination server or name is missing');
    const address = server.replace(/\/$/, '');
    for (const opened of this.#bySecret.values()) {
      const { entry } = opened;
      if (name === '' ? entry.server === address : entry.name === name) return this.#found(opened);
    }
    if (name === 'in-cluster' || address === inClusterServer) {
      return { name: 'in-cluster', server: inClusterServer, cluster: this.#options.hub };
    }
    throw new InputError(
      name === '' ? `cluster "${server}" not found` : `there are no clusters with this name: ${name}`,
    );
  }

  /** Closes every cluster but the hub. */
  async close(): Promise<void> {
    for (const { cluster } of this.#bySecret.values()) {
      cluster?.close();
      await cluster?.client.close();
    }
    this.#bySecret.clear();
  }

  #found(opened: Opened): FoundDestination {
    const { name, server } = opened.entry;
    if (server === inClusterServer) return { name, server, cluster: this.#options.hub };
    opened.cluster ??= this.#options.open(opened.entry);
    return { name, server, cluster: opened.cluster };
  }
}
