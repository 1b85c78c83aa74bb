/** A tool call as it would be typed, for a dry run. */
export interface PlannedCall {
  /** The command line, quoted for a shell. */
  readonly command: string;
  /** What is fed to it. */
  readonly stdin?: string | undefined;
  /** Milliseconds after which it is given up. */
  readonly timeLimit: number;
  /** The call whose answer decides whether this one is needed. */
  readonly when?: string | undefined;
  /** Name of the value that it prints and that later calls use as `%{name}`. */
  readonly captures?: string | undefined;
}

/** One thing that `up` does. */
export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  /** Steps that must have ended before. */
  readonly needs: readonly string[];
  /** The call that tells whether the step is done already. */
  readonly unless?: string | undefined;
  readonly calls: readonly PlannedCall[];
}

/** A named part of the way up; steps of different phases run at once where none needs the other. */
export interface PlannedPhase {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly PlannedStep[];
}

/** What `up` would do now, and what stands against it. */
export interface FleetPlan {
  readonly provider: string;
  readonly fleet: string;
  /** Files that are written first. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly phases: readonly PlannedPhase[];
  /** What would make `up` refuse to start. Empty: nothing. */
  readonly problems: readonly string[];
}

/**
 * - `absent`: there is nothing of this name
 * - `incomplete`: begun and not finished; `up` goes on from there
 * - `stopped`: there, and not running
 * - `running`: its API server answers
 * - `unreachable`: there, and its API server does not answer
 * - `foreign`: somebody else's, and never touched
 */
export type ClusterState = 'absent' | 'incomplete' | 'stopped' | 'running' | 'unreachable' | 'foreign';

/** How one cluster of the fleet is now. */
export interface ClusterStatus {
  readonly name: string;
  readonly state: ClusterState;
  /** What is known beyond the state, and the way out where there is one. */
  readonly message?: string | undefined;
}

/** How a fleet is now. */
export interface FleetStatus {
  readonly provider: string;
  readonly fleet: string;
  /** `running` when every cluster is, `absent` when none is there, else `partial`. */
  readonly state: 'absent' | 'partial' | 'running';
  readonly clusters: readonly ClusterStatus[];
}

/** What `up` and `down` tell while they work. */
export type FleetProgress =
  | { readonly type: 'started' | 'skipped'; readonly step: string; readonly title: string }
  | { readonly type: 'done'; readonly step: string; readonly title: string; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly step: string; readonly title: string; readonly message: string }
  | { readonly type: 'phase'; readonly phase: string; readonly title: string; readonly milliseconds: number };

/** How `up` and `down` are watched and interrupted. */
export interface FleetRunOptions {
  /** Called for everything that happens. @default nobody */
  readonly progress?: ((event: FleetProgress) => void) | undefined;
  /** Ends the work at the next safe point; the same call later goes on from there. @default never */
  readonly signal?: AbortSignal | undefined;
}

/** What `down` did. */
export interface FleetDown {
  /** Clusters that were removed. */
  readonly removed: readonly string[];
  /** Clusters that were left alone, and why. */
  readonly kept: readonly ClusterStatus[];
}

/**
 * Brings a fleet up on something, and down again. Every method may be called at any time and any number of times: what
 * is there already is left as it is, and what is not ours is never changed.
 */
export interface FleetProvider {
  readonly name: string;
  /** What {@link up} would do now. Changes nothing. */
  plan(): Promise<FleetPlan>;
  /**
   * Brings up what is not up yet.
   *
   * @throws ConflictError when something of somebody else is in the way
   * @throws InputError when the fleet cannot run on this provider
   * @throws UnavailableError when a tool or a machine does not do its part
   */
  up(options?: FleetRunOptions): Promise<FleetStatus>;
  status(): Promise<FleetStatus>;
  /** Removes everything that {@link up} made, and nothing else. */
  down(options?: FleetRunOptions): Promise<FleetDown>;
  /** @returns the kubeconfig of a cluster, as YAML @throws NotFoundError when there is no such cluster now */
  kubeconfig(cluster: string): Promise<string>;
}

/** Summarizes the states of clusters. */
export function fleetState(clusters: readonly ClusterStatus[]): FleetStatus['state'] {
  const ours = clusters.filter(({ state }) => state !== 'foreign' && state !== 'absent');
  if (ours.length === 0) return 'absent';
  return clusters.every(({ state }) => state === 'running') ? 'running' : 'partial';
}
