import { type Addon, addonValues, type Cluster, type FleetModel, targetsOf } from '@drydock/model';

/** What gives pods of a cluster their addresses, and who does the work of kube-proxy. */
export interface ClusterNetwork {
  /** `kindnet` is Kind's own and comes with it; the others are addons. */
  readonly cni: 'kindnet' | 'cilium' | 'calico';
  /** The addon that brings it; undefined for kindnet. */
  readonly addon: Addon | undefined;
  readonly replacesKubeProxy: boolean;
}

/** Addons that are a network, in the order in which they are looked for. */
const CNIS = ['cilium', 'calico'] as const;

/** The network of a cluster: that of the addon which goes there, else Kind's own. */
export function networkOf(fleet: FleetModel, cluster: Cluster): ClusterNetwork {
  for (const cni of CNIS) {
    const addon = addonOn(fleet, cluster, cni);
    if (addon === undefined) continue;
    return { cni, addon, replacesKubeProxy: replacesKubeProxy(fleet, addon, cluster) };
  }
  return { cni: 'kindnet', addon: undefined, replacesKubeProxy: false };
}

/** An addon, where it goes to the cluster. */
export function addonOn(fleet: FleetModel, cluster: Cluster, name: string): Addon | undefined {
  const addon = fleet.addons.find((candidate) => candidate.name === name);
  return addon !== undefined && targetsOf(fleet, addon).includes(cluster) ? addon : undefined;
}

/** Cilium's `kubeProxyReplacement`, `true` in the values; `"true"` is accepted by the chart too. */
function replacesKubeProxy(fleet: FleetModel, addon: Addon, cluster: Cluster): boolean {
  const value = addonValues(fleet, addon, cluster).kubeProxyReplacement;
  return value === true || value === 'true';
}
