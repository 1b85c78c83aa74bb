import type { FleetModel, JsonObject } from '@drydock/model';
import type { Manifest } from '../manifest.ts';

/** What the objects of a delivery engine amount to, in words that are the same for every engine. */
export interface ReadBack {
  readonly chart?:
    | {
        /** Without `oci://`. */
        readonly url: string;
        readonly name: string;
        readonly version: string;
        readonly release: string;
        readonly namespace: string;
        readonly values: JsonObject;
      }
    | undefined;
  readonly objects?:
    | { readonly repository: string; readonly revision: string; readonly path: string }
    | undefined;
  /** The branch whose commit the engine reports in its status. */
  readonly follows: string | undefined;
  readonly prunes: boolean;
  readonly heals: boolean;
  readonly retries: boolean;
  readonly labels: JsonObject;
}

/** The files of a unit on the environment branch: path → objects. */
export type Documents = ReadonlyMap<string, readonly Manifest[]>;

/** Reads an engine's objects the way that engine does. One per engine, for the contract suite. */
export interface DeliveryReader {
  read(documents: Documents, place: { readonly cluster: string; readonly unit: string }): ReadBack;
  /** Whether one unit is brought after another, for the deliveries of one cluster. */
  order(fleet: FleetModel, units: readonly Documents[]): (later: string, earlier: string) => boolean;
}
