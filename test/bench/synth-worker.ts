import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthFleet, synthUnit } from '@drydock/constructs';
import { FileWriter } from '@drydock/constructs/file-writer';
import { type FleetModel, folderSource, loadFleet, targetsOf, unitsOf } from '@drydock/model';
import { synthInSingleApp } from './single-app.ts';
import { benchFleet } from './synth-fleet.ts';

/** Path below the output folder, and content. */
type Output = Iterable<readonly [string, string]>;

const [, , mode = '', count = '0', folder = ''] = process.argv;
/** The unit that changes. */
const ONE = { applications: new Set(['unit-0']) };
const MODES: Readonly<Record<string, (fleet: FleetModel) => Output>> = {
  fleet: wholeFleet,
  'one-unit': oneUnit,
  'single-app': synthInSingleApp,
};

if (mode === 'digest') process.stdout.write(digest(join(folder, 'out')));
else if (mode === 'prepare') await write(Object.entries(benchFleet(Number(count))), folder);
else process.stdout.write(JSON.stringify(await measure()));

async function measure(): Promise<object> {
  const only = mode === 'one-unit' ? ONE : {};
  const fleet = await loadFleet(folderSource(folder), only);
  const start = performance.now();
  const files = await write(MODES[mode]?.(fleet) ?? [], join(folder, 'out'));
  const synthMilliseconds = Math.round(performance.now() - start);
  const { user, system } = process.cpuUsage();
  const cpuMilliseconds = Math.round((user + system) / 1_000);
  if (mode !== 'fleet') return { synthMilliseconds, cpuMilliseconds, files };
  return { synthMilliseconds, cpuMilliseconds, files, changedUnitMilliseconds: await changedUnit() };
}

/** One unit that changed, in a process that has synthesized the fleet before: read, check, synthesize, write. */
async function changedUnit(): Promise<number> {
  const start = performance.now();
  await write(oneUnit(await loadFleet(folderSource(folder), ONE)), join(folder, 'out'));
  return Math.round(performance.now() - start);
}

function* wholeFleet(fleet: FleetModel): Output {
  for (const { cluster, files } of synthFleet(fleet)) {
    for (const [path, content] of Object.entries(files)) yield [`${cluster}/${path}`, content];
  }
}

function* oneUnit(fleet: FleetModel): Output {
  for (const unit of unitsOf(fleet).slice(0, 1)) {
    for (const cluster of targetsOf(fleet, unit)) {
      const { files } = synthUnit(fleet, unit, cluster);
      for (const [path, content] of Object.entries(files)) yield [`${cluster.name}/${path}`, content];
    }
  }
}

async function write(files: Output, root: string): Promise<number> {
  const writer = new FileWriter(root);
  let number = 0;
  for (const [path, content] of files) {
    writer.add({ [path]: content });
    number++;
  }
  await writer.close();
  return number;
}

/** SHA-256 over every path and content below a folder, in order of path. */
function digest(root: string): string {
  const hash = createHash('sha256');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path));
  return JSON.stringify({ sha256: hash.digest('hex') });
}
