import { InputError } from '@backstage/errors';
import type { FleetClusterView } from '@drydock/plugin-promotion-common';

/** What a new cluster must not share with another. */
export interface Network {
  readonly id: number;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
}

type Taken = Pick<FleetClusterView, 'id' | 'podSubnet' | 'serviceSubnet'>;

/**
 * The first id that is free, and two /16 networks in 10.0.0.0/8 of which no cluster uses any part. The promoter checks
 * them once more.
 */
export function freeNetwork(clusters: readonly Taken[]): Network {
  const id = firstFree(1, 255, new Set(clusters.map(cluster => cluster.id)), 'cluster id');
  const octets = new Set(
    clusters.flatMap(({ podSubnet, serviceSubnet }) => [...octetsOf(podSubnet), ...octetsOf(serviceSubnet)]),
  );
  const pods = firstFree(10, 254, octets, 'network');
  const services = firstFree(101, 254, new Set([...octets, pods]), 'network');
  return { id, podSubnet: `10.${pods}.0.0/16`, serviceSubnet: `10.${services}.0.0/16` };
}

/** The second octets that a network in 10.0.0.0/8 takes. */
function octetsOf(cidr: string): number[] {
  const [, first = '', second = '', length = ''] = /^(\d+)\.(\d+)\.\d+\.\d+\/(\d+)$/.exec(cidr) ?? [];
  if (first !== '10') return [];
  const size = Number(length) >= 16 ? 1 : 2 ** (16 - Number(length));
  return Array.from({ length: Math.min(size, 256) }, (_, index) => Number(second) + index);
}

function firstFree(from: number, to: number, taken: ReadonlySet<number>, what: string): number {
  for (let value = from; value <= to; value += 1) if (!taken.has(value)) return value;
  throw new InputError(`no ${what} is free`);
}
