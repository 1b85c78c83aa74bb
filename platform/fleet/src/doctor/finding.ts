/** How bad a finding is: `error` stops things from working, `warning` may, `info` is good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that a check has found. */
export interface Finding {
  /** Stable, for example `DRY101`; the troubleshooting page has a section for each. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: a tool, a cluster, a file. */
  readonly subject: string;
  /** What was found, and what was expected. */
  readonly found: string;
  /** The command that mends it, or the edit. */
  readonly remedy?: string | undefined;
}

/** How one check ended. */
export interface CheckOutcome {
  readonly check: string;
  readonly title: string;
  readonly codes: readonly string[];
  /** `skipped`: it could not be looked at here, see `reason`. */
  readonly status: 'ok' | 'found' | 'skipped';
  readonly reason?: string | undefined;
}

/** Everything that the doctor has to say. */
export interface DoctorReport {
  /** Name of the fleet; undefined when its files do not load. */
  readonly fleet: string | undefined;
  /** The worst severity; undefined when nothing was found. */
  readonly worst: Severity | undefined;
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckOutcome[];
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** The findings with the worst first, then by code and subject. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ severity, code, subject }: Finding) => `${ORDER.indexOf(severity)} ${code} ${subject}`;
  return findings.toSorted((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  return ORDER.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** Exit code of the doctor: 0 for nothing or good to know, 1 for warnings, 2 for errors. */
export function doctorExitCode({ worst }: DoctorReport): number {
  return worst === 'error' ? 2 : worst === 'warning' ? 1 : 0;
}
