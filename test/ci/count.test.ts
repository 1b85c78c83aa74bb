import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const COUNT = join(import.meta.dirname, '..', '..', '.ci', 'count.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-count-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PASSED = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
const FAILED = {
  ...PASSED,
  numFailedTests: 1,
  testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
};
const NOT_LOADED = { ...PASSED, testResults: [{ status: 'failed', assertionResults: [] }] };

it.each<[what: string, reports: Record<string, unknown>, status: number, line: string, exit: number]>([
  ['adds the reports of all suites', { vitest: PASSED, portal: PASSED }, 0, '6 passed, 0 failed', 0],
  [
    'counts what was skipped',
    { vitest: { ...PASSED, numPendingTests: 2, numTodoTests: 1 } },
    0,
    '3 passed, 0 failed, 3 skipped',
    0,
  ],
  ['counts a failed test once', { vitest: FAILED }, 1, '3 passed, 1 failed', 1],
  ['counts a file that could not be loaded', { vitest: NOT_LOADED }, 1, '3 passed, 1 failed', 1],
  ['fails on a failed test whatever the command said', { vitest: FAILED }, 0, '3 passed, 1 failed', 1],
  ['counts a command that failed outside the tests', {}, 2, '0 passed, 1 failed', 2],
  ['fails when nothing ran', {}, 0, '0 passed, 0 failed', 1],
  [
    'fails when everything was skipped',
    { vitest: { numPendingTests: 4 } },
    0,
    '0 passed, 0 failed, 4 skipped',
    1,
  ],
  ['counts a torn report', { vitest: PASSED, portal: undefined }, 0, '3 passed, 1 failed', 1],
])('%s', (_what, reports, status, line, exit) => {
  for (const [name, report] of Object.entries(reports)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(report) ?? '{"numPassed');
  }
  const run = spawnSync(process.execPath, [COUNT, folder, String(status)], { encoding: 'utf8' });
  expect(run.stdout.trimEnd().split('\n').at(-1)).toBe(line);
  expect(run.status).toBe(exit);
});
