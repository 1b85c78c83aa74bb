import type { Environment } from '@drydock/model';
import { NotFoundError } from '@drydock/model';
import { releaseName } from '../releases/release.ts';
import type { CheckReport } from '../state/state.ts';
import { type StateChange, stateFile, statePath } from '../state/state-store.ts';
import { findRelease, type Target } from './target.ts';

export interface ReportCheck extends Pick<CheckReport, 'by' | 'at' | 'name' | 'phase' | 'reason'> {
  readonly release: string;
}

/**
 * What a check outside says of a Release, for example the CI job that tested it.
 *
 * @throws NotFoundError when the Environment has no such check
 */
export function reportCheck(target: Target, environment: Environment, report: ReportCheck): StateChange {
  const names = environment.gates.flatMap((gate) => (gate.type === 'check' ? [gate.name] : []));
  if (!names.includes(report.name)) {
    throw new NotFoundError(
      `${environment.name} has no check "${report.name}"; there are: ${names.join(', ') || 'none'}`,
    );
  }
  const release = findRelease(target, report.release);
  const { by, name, phase } = report;
  return {
    files: new Map([
      [
        statePath.check(environment.name, target.unit, release.id, name),
        stateFile({ ...report, release: release.id }),
      ],
    ]),
    subject: `check ${name} of ${target.unit} ${releaseName(release)} for ${environment.name}: ${phase}`,
    by,
    trailers: {
      Unit: target.unit,
      Environment: environment.name,
      Release: release.id,
      Reason: report.reason,
    },
  };
}
