import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { synthFleet, synthUnit } from '@drydock/constructs';
import { FileWriter } from '@drydock/constructs/file-writer';
import { type FleetModel, folderSource, loadFleet, targetsOf, unitsOf } from '@drydock/model';
import { synthInSingleApp } from './single-app.ts';
import { benchFleet } from './synth-fleet.ts';

/** Path below the output folder, and content. */
type Output = Iterable<readonly [string, string]>;

const [, , mode = '', count = '0', folder = ''] = process.argv;
const MODES: Readonly<Record<string, (fleet: FleetModel) => Output>> = {
  fleet: wholeFleet,
  'one-unit': oneUnit,
  'single-app': synthInSingleApp,
};

if (mode === 'prepare') await write(Object.entries(benchFleet(Number(count))), folder);
else {
  const fleet = await loadFleet(folderSource(folder));
  const start = performance.now();
  const written = await write(MODES[mode]?.(fleet) ?? [], join(folder, 'out'));
  process.stdout.write(
    JSON.stringify({ synthMilliseconds: Math.round(performance.now() - start), ...written }),
  );
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

async function write(
  files: Output,
  root: string,
): Promise<{ readonly files: number; readonly sha256: string }> {
  const writer = new FileWriter(root);
  const hash = createHash('sha256');
  let number = 0;
  for (const [path, content] of files) {
    writer.add({ [path]: content });
    hash.update(`${path}\0${content}\0`);
    number++;
  }
  await writer.close();
  return { files: number, sha256: hash.digest('hex') };
}
