import type { Addon, Cluster, FleetModel, GitSpec, JsonObject, Unit } from '@drydock/model';
import type { Manifest } from '../manifest.ts';

/** One unit to be delivered to one cluster. */
export interface Delivery {
  readonly fleet: FleetModel;
  readonly unit: Unit;
  readonly cluster: Cluster;
  /** The chart to install, with its values complete; undefined for a unit of plain objects only. */
  readonly chart?: DeliveredChart | undefined;
  /** Manifests of another git repository to apply, instead of a chart. */
  readonly git?: GitSpec | undefined;
  /** The unit's own objects, which lie on the environment branch. */
  readonly objects: readonly Manifest[];
}

/** A pinned Helm chart and its values on this cluster. */
export type DeliveredChart = NonNullable<Addon['chart']> & { readonly values: JsonObject };

/** What a {@link DeliveryEngine} wants on the environment branch. */
export interface DeliveryObjects {
  /** Goes to `delivery/<unit>.yaml`: what the cluster's root applies. */
  readonly delivery: readonly Manifest[];
  /** Folder of one of the unit's own objects, below `units/<unit>`; empty for that folder itself. */
  folderOf(manifest: Manifest): string;
  /** More objects below `units/<unit>`. */
  readonly files: Readonly<Record<string, readonly Manifest[]>>;
  /** Files below `units/<unit>` that hold no objects. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** The port behind which Argo CD and Flux stand: from a unit on a cluster to the engine's own objects. */
export interface DeliveryEngine {
  readonly name: 'argocd' | 'flux';
  deliver(delivery: Delivery): DeliveryObjects;
}
