/** Health as Argo CD names it; Flux conditions are mapped onto it. */
export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

/** What a delivery engine says of one Unit on one Cluster. */
export interface Observation {
  /** The commit of the environment branch that live state was last compared with. */
  readonly revision: string | undefined;
  /** Whether live state equals that commit, and the last sync operation has succeeded. */
  readonly synced: boolean;
  readonly health: HealthStatus;
  /** Why, in the engine's words. */
  readonly message: string | undefined;
  /** Since when health is what it is and the last sync has finished; milliseconds since the epoch. */
  readonly since: number | undefined;
}

/** An {@link Observation} together with the move it is about. */
export interface PlacedObservation extends Observation {
  /** `promotion` of the record that stood at {@link Observation.revision}; undefined where there was none. */
  readonly promotion: string | undefined;
}
