/** What people are told of. */
export const OUTCOMES = ['promoted', 'rolled-back', 'degraded', 'failed', 'waiting'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One thing that people are told. */
export interface Notice {
  /** The same thing has the same id, whoever tells it and however often: receivers tell repetitions by it. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly unit: string;
  readonly environment: string;
  /** Id of the Release. */
  readonly release: string;
  readonly revision: string;
  readonly clusters: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  readonly requestedBy: string;
  readonly approvedBy: readonly string[];
  /** One sentence on why; empty where there is nothing to say. */
  readonly reason: string;
}

/** A notice in one line of plain text. */
export function noticeText(notice: Notice): string {
  const { unit, environment, outcome, reason } = notice;
  const release = notice.revision.slice(0, 8);
  const where = notice.clusters.length === 0 ? environment : `${environment} (${notice.clusters.join(', ')})`;
  const why = reason === '' ? '' : `: ${reason}`;
  switch (outcome) {
    case 'promoted':
      return `${unit} ${release} is now in ${where}${by(' requested', notice.requestedBy)}${by(' approved', notice.approvedBy.join(', '))}`;
    case 'rolled-back':
      return `${unit} was rolled back to ${release} in ${where}${by('', notice.requestedBy)}`;
    case 'degraded':
      return `${unit} ${release} is degraded in ${where}${why}`;
    case 'failed':
      return `${unit} ${release} cannot enter ${where}${why}`;
    case 'waiting':
      return `${unit} ${release} waits for an approval to enter ${where}${why}`;
  }
}

function by(verb: string, name: string): string {
  return name === '' ? '' : `,${verb} by ${name}`;
}
