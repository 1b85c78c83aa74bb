import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Member } from './members.ts';

/** Who made a cluster: this fleet, from this working copy. */
export interface Owner {
  readonly fleet: string;
  /** Absolute path of the working copy. */
  readonly root: string;
}

/** The Kind cluster that a cluster of the fleet is; values files of addons rely on the two names being the same. */
export function kindName({ cluster }: Member): string {
  return cluster.name;
}

/** The first node of a cluster, which is also a container and a name on the docker network. */
export function controlPlaneNode(member: Member): string {
  return `${kindName(member)}-control-plane`;
}

/**
 * Where other containers reach the API server, by a name in its certificate. Kind puts a load balancer before several
 * control planes (kind, `pkg/cluster/internal/providers/docker`).
 */
export function internalServer(member: Member): string {
  const host =
    member.controlPlanes > 1 ? `${kindName(member)}-external-load-balancer` : controlPlaneNode(member);
  return `https://${host}:6443`;
}

/**
 * A folder that every node of ours has mounted. Docker tells of mounts from the moment a container exists, so a cluster
 * is recognised as ours also when it was left half-made; Kind itself knows no labels.
 */
export function ownerMount({ fleet, root }: Owner): string {
  const copy = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return `/var/lib/drydock/owner/${fleet}-${copy}`;
}

/** Where the Kind provider keeps what it needs, below `.drydock`, which git ignores. */
export interface KindPaths {
  readonly home: string;
  /** Mounted into every node, and empty. */
  readonly owner: string;
  /** Kubeconfigs, one a cluster, mode 0600. */
  readonly kubeconfigs: string;
  /** One file a cluster that was made completely. */
  readonly made: string;
  /** Registry mirrors, for containerd. */
  readonly mirrors: string;
  readonly logs: string;
  /** Clones of what addons take from git. */
  readonly sources: string;
}

export function kindPaths(root: string): KindPaths {
  const home = join(root, '.drydock', 'kind');
  return {
    home,
    owner: join(home, 'owner'),
    kubeconfigs: join(home, 'kubeconfigs'),
    made: join(home, 'made'),
    mirrors: join(home, 'certs.d'),
    logs: join(home, 'logs'),
    sources: join(home, 'sources'),
  };
}

/** The kubeconfig of one cluster, for this machine. */
export function kindKubeconfig(paths: KindPaths, cluster: string): string {
  return join(paths.kubeconfigs, `${cluster}.yaml`);
}
