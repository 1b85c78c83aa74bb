import { formatProblem } from '@drydock/model';
import type { Check } from '../check.ts';

/** Whether the files of the fleet load; every other check about the fleet waits for that. */
export const fleetFilesCheck: Check = {
  name: 'fleet-files',
  title: 'the files of the fleet',
  codes: ['DRY150'],
  async run({ problems }) {
    return problems.map((problem) => ({
      code: 'DRY150',
      severity: 'error' as const,
      subject: problem.file,
      found: formatProblem(problem),
      remedy: problem.suggestion ?? 'drydock validate lists them all',
    }));
  },
};
