// Adds up test reports: `node count.mjs FOLDER STATUS` reads every *.json in the folder (vitest's and jest's JSON
// reports), prints `N passed, N failed[, N skipped]` as its last line, and exits with the status, or with 1 where that
// is 0 although a test failed or none ran. Plain JavaScript, since an older Node has to be able to run it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, statusText] = process.argv.slice(2);
const status = Number(statusText);
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const name of readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()) {
  const report = read(join(folder, name));
  if (report === undefined) {
    note(`${name} is not a complete report, counted as one failure`);
    sum.failed += 1;
    continue;
  }
  sum.passed += report.numPassedTests ?? 0;
  sum.failed += (report.numFailedTests ?? 0) + filesThatDidNotRun(report);
  sum.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
}

if (status !== 0 && sum.failed === 0) {
  note(`the test command ended with ${status} outside the tests, counted as one failure`);
  sum.failed = 1;
}
const ran = sum.passed + sum.failed > 0;
if (!ran) note('no test ran');

const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${skipped}\n`);
process.exitCode = status !== 0 ? status : Number(!ran || sum.failed > 0);

/** A file that fails to load holds no failed test; it is one failure all the same. */
function filesThatDidNotRun({ testResults = [] }) {
  return testResults.filter(
    ({ status, assertionResults = [] }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function note(text) {
  process.stdout.write(`ci: ${text}\n`);
}
