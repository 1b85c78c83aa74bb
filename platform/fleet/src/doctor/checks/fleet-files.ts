import type { Check } from '../check.ts';

/** Whether the files of the fleet load; every other check about the fleet waits for that. */
export const fleetFilesCheck: Check = {
  name: 'fleet-files',
  title: 'the files of the fleet',
  codes: ['DRY150'],
  async run({ problems }) {
    return problems.map(({ file, line, path, message, suggestion }) => ({
      code: 'DRY150',
      severity: 'error' as const,
      subject: line === undefined ? file : `${file}:${line}`,
      found: path === undefined ? message : `${path}: ${message}`,
      remedy: suggestion ?? 'drydock validate lists them all',
    }));
  },
};
