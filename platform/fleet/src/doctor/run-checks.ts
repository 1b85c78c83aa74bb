import { DrydockError } from '@drydock/model';
import { type Check, SkippedError, type Target } from './check.ts';
import type { DoctorContext } from './doctor-context.ts';
import { type CheckOutcome, type DoctorReport, type Finding, sortFindings, worstOf } from './finding.ts';

export interface RunChecksOptions {
  /** Checks for these kinds of fleets, beside those for all. */
  readonly targets: readonly Target[];
  /** Also look at what runs. @default true */
  readonly live?: boolean | undefined;
}

/** Runs every check that applies, at once, and puts what they found in order. A check that fails hides no other. */
export async function runChecks(
  checks: readonly Check[],
  context: DoctorContext,
  { targets, live = true }: RunChecksOptions,
): Promise<DoctorReport> {
  const wanted = checks.filter(
    (check) =>
      (check.target === undefined || targets.includes(check.target)) && (live || check.live !== true),
  );
  const results = await Promise.all(wanted.map((check) => runCheck(check, context)));
  const findings = sortFindings(results.flatMap((result) => result.findings));
  return {
    fleet: context.fleet?.name,
    worst: worstOf(findings),
    findings,
    checks: results.map(({ outcome }) => outcome),
  };
}

interface CheckResult {
  readonly outcome: CheckOutcome;
  readonly findings: readonly Finding[];
}

async function runCheck(check: Check, context: DoctorContext): Promise<CheckResult> {
  const base = { check: check.name, title: check.title, codes: check.codes };
  if (check.live === true && context.live.length === 0) {
    return {
      outcome: { ...base, status: 'skipped', reason: 'no fleet of this repository runs' },
      findings: [],
    };
  }
  try {
    const findings = await check.run(context);
    return { outcome: { ...base, status: findings.length === 0 ? 'ok' : 'found' }, findings };
  } catch (error) {
    if (!(error instanceof SkippedError) && !(error instanceof DrydockError)) throw error;
    return { outcome: { ...base, status: 'skipped', reason: error.message }, findings: [] };
  }
}
