import { join } from 'node:path';
import { showYarn } from './command.ts';
import { installIfNeeded } from './install.ts';
import { steps } from './steps.ts';

/** Installs, type checks and tests the portal. With TEST_REPORTS, jest's report is left in that folder. */
async function main(reports: string | undefined): Promise<number> {
  await steps.run('portal: packages', installIfNeeded);
  const report = reports === undefined ? [] : ['--json', `--outputFile=${join(reports, 'portal.json')}`];
  const types = await showYarn(['tsc']);
  const tests = await showYarn(['test:ci', '--maxWorkers=2', ...report]);
  return types === 0 ? tests : types;
}

main(process.env.TEST_REPORTS).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
