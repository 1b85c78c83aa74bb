import type { Problem } from '@drydock/model';

/** What the code of a Revision makes of its data: one Unit on one Cluster. */
export interface HydratedUnit {
  readonly unit: string;
  readonly kind: 'Addon' | 'Application';
  readonly team: string | null;
  readonly environment: string;
  readonly cluster: string;
  /** Path below the cluster's folder → content. */
  readonly files: Readonly<Record<string, string>>;
}

/** The whole fleet at one Revision, as manifests. */
export interface HydratedFleet {
  readonly units: readonly HydratedUnit[];
  /** Objects of the fleet itself (projects, root applications); path → content. */
  readonly fleetFiles: Readonly<Record<string, string>>;
}

/**
 * Runs the code of a Revision on the data of that Revision.
 *
 * @throws HydrationError when the Revision does not validate, or its code fails
 */
export interface Hydrator {
  hydrate(revision: string): Promise<HydratedFleet>;
}

/** A Revision could not be hydrated. Its former Releases stay as they are. */
export class HydrationError extends Error {
  override readonly name = 'HydrationError';
  /** What is wrong with the files of the Revision; empty when its code failed in another way. */
  readonly problems: readonly Problem[];

  constructor(message: string, options: ErrorOptions & { readonly problems?: readonly Problem[] } = {}) {
    super(message, options);
    this.problems = options.problems ?? [];
  }
}
