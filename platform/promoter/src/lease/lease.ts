/** What a Lease says (coordination.k8s.io/v1, `spec`). Times are milliseconds since the epoch. */
export interface LeaseRecord {
  readonly holder: string;
  /** How long after its last renewal others leave it alone; milliseconds. */
  readonly duration: number;
  readonly acquiredAt: number;
  readonly renewedAt: number;
  /** How often the holder has changed. */
  readonly transitions: number;
}

/** A Lease with the version at which it was read. */
export interface StoredLease {
  readonly record: LeaseRecord;
  /** `metadata.resourceVersion`: an update with an older one is refused. */
  readonly version: string;
}

/** How leadership is kept and lost; milliseconds. */
export interface LeaseTimes {
  /** @default 15_000 */
  readonly duration: number;
  /** After how long without a renewal the holder stops acting. Less than `duration`. @default 10_000 */
  readonly deadline: number;
  /** Time between two tries. @default 2_000 */
  readonly retry: number;
}

/** What client-go uses by default (k8s.io/client-go/tools/leaderelection). */
export const LEASE_TIMES: LeaseTimes = { duration: 15_000, deadline: 10_000, retry: 2_000 };

/** What one replica remembers between two tries. */
export interface Candidacy {
  readonly me: string;
  /** The version it saw last, and when it first saw it by its own clock. */
  readonly seen?: { readonly version: string; readonly at: number } | undefined;
  /** When its own last successful write began. */
  readonly renewedAt?: number | undefined;
}

/** What to do about the Lease now. */
export type LeaseStep =
  | { readonly step: 'write'; readonly record: LeaseRecord; readonly over: string | undefined }
  | { readonly step: 'wait' };

/**
 * Decides about a Lease as it was read, as client-go's leader election does: somebody else's is taken over only when it
 * has not changed for its whole duration while this replica watched, measured by this replica's own clock. So no two
 * clocks are ever compared.
 *
 * @param lease undefined when there is none yet
 */
export function nextLeaseStep(
  candidacy: Candidacy,
  lease: StoredLease | undefined,
  { now, times }: { readonly now: number; readonly times: LeaseTimes },
): { readonly candidacy: Candidacy; readonly next: LeaseStep } {
  const { me } = candidacy;
  const { duration } = times;
  if (lease === undefined) {
    const record = { holder: me, duration, acquiredAt: now, renewedAt: now, transitions: 0 };
    return { candidacy, next: { step: 'write', record, over: undefined } };
  }
  const { record, version } = lease;
  const seen = candidacy.seen?.version === version ? candidacy.seen : { version, at: now };
  const watched = { ...candidacy, seen };
  const mine = record.holder === me;
  const free = record.holder === '' || now - seen.at >= record.duration;
  if (!mine && !free) return { candidacy: watched, next: { step: 'wait' } };
  const renewed = {
    ...record,
    holder: me,
    duration,
    renewedAt: now,
    ...(!mine && { acquiredAt: now, transitions: record.transitions + 1 }),
  };
  return { candidacy: watched, next: { step: 'write', record: renewed, over: version } };
}

/** After a write that the API server has taken. @param began when the try began: the cautious end of the interval */
export function renewed(candidacy: Candidacy, version: string, began: number): Candidacy {
  return { ...candidacy, seen: { version, at: began }, renewedAt: began };
}

/** After it was seen that somebody else holds the Lease. */
export function lost(candidacy: Candidacy): Candidacy {
  return { ...candidacy, renewedAt: undefined };
}

/**
 * Whether this replica may act. Not longer than `deadline` after its last renewal, so that it has stopped before another
 * one may begin, also when it cannot reach the API server to learn of it.
 */
export function holds({ renewedAt }: Candidacy, now: number, times: LeaseTimes): boolean {
  return renewedAt !== undefined && now - renewedAt < times.deadline;
}
