import { hydrateFleet } from './hydrate-fleet.ts';

/**
 * `node hydrate.ts <folder>`: the process that the promoter starts. Nothing may import this file: addons import this
 * package while it is waiting for them.
 */
const [, , root = '.'] = process.argv;
process.exitCode = await hydrateFleet(root, (line) => {
  process.stdout.write(`${line}\n`);
});
