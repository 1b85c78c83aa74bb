/** The immutable result of hydrating one Unit at one Revision, for every Cluster it targets. */
export interface Release {
  /** Commit id of `refs/drydock/releases/<unit>/<revision>`; the identity of the Release. */
  readonly id: string;
  readonly unit: string;
  readonly kind: 'Addon' | 'Application';
  /** Owner of an Application; undefined for an Addon. */
  readonly team: string | undefined;
  /** The commit of `main` it was hydrated from. */
  readonly revision: string;
  /** First line of that commit's message. */
  readonly subject: string;
  /** 1 for the first Release of the Unit, then one more for each. The order of Releases. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Who pushed the Revision. Never counts as an approver of this Release. */
  readonly requestedBy: string;
  /** Tree `<environment>/<cluster>/…`. */
  readonly tree: string;
  /** Names of the targeted clusters by Environment, sorted. None at all: the Unit was removed from the fleet. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/** How people see a Release: its Revision, shortened. */
export function releaseName(release: Pick<Release, 'revision'>): string {
  return release.revision.slice(0, 8);
}
