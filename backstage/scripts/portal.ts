import { installIfNeeded } from './install.ts';
import { buildAppIfNeeded } from './build-app.ts';
import { buildDocsIfNeeded } from './build-docs.ts';
import { isReady, runBackend, stopBackground, waitUntilReady } from './backend.ts';
import { portalEnvironment } from './portal-environment.ts';
import { steps } from './steps.ts';

const USAGE = `usage: portal start [--background]   install and build what has changed, then start
       portal stop                   end the one in the background
       portal build                  install and build only
`;

/** Brings the portal up for the fleet of this repository. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const [verb, option] = args;
  if (verb === 'stop') {
    await stopBackground();
    return 0;
  }
  if (verb !== 'start' && verb !== 'build') {
    process.stderr.write(USAGE);
    return 2;
  }
  const environment = verb === 'build' ? undefined : await portalEnvironment();
  if (environment && (await isReady(environment.url))) {
    process.stderr.write(`the portal is running already: ${environment.url}\n`);
    return 0;
  }
  await steps.run('portal: packages', installIfNeeded);
  await steps.run('portal: pages', buildAppIfNeeded);
  if (environment === undefined) return 0;
  const docs = environment.variables.DRYDOCK_PORTAL_DOCS;
  await steps.run('portal: docs', () => buildDocsIfNeeded(docs));
  const background = option === '--background';
  const backend = await runBackend(environment, { background });
  await steps.run('portal: backend', () => waitUntilReady(environment, backend));
  process.stderr.write(`\nportal  ${environment.url}   sign in as developer, operator or viewer\n`);
  return background ? 0 : backend.exit;
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
