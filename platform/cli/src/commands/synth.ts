import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { loadAddonObjects, synthFleet, synthFleetObjects } from '@drydock/constructs';
import { folderSource, InputError, loadFleet } from '@drydock/model';
import type { Command } from '../command.ts';
import { findRoot } from '../find-root.ts';

interface SynthesizedFile {
  readonly path: string;
  readonly text: string;
}

export const synth: Command = {
  name: 'synth',
  summary: 'the manifests that the files of this clone stand for',
  parameters: [],
  options: {
    unit: { type: 'string', value: 'UNIT', help: 'only this unit' },
    cluster: { type: 'string', value: 'CLUSTER', help: 'only this cluster' },
    out: { type: 'string', value: 'DIR', help: 'write files below this folder instead of printing them' },
  },
  async run({ streams, cwd }, _positionals, values) {
    const root = findRoot(cwd);
    const fleet = await loadFleet(folderSource(root));
    const units = [...synthFleet(fleet, await loadAddonObjects(root, fleet))].filter(
      ({ unit, cluster }) =>
        (values.unit ?? unit.name) === unit.name && (values.cluster ?? cluster) === cluster,
    );
    if (units.length === 0)
      throw new InputError('no unit on a cluster fits --unit and --cluster; "drydock status" lists them');
    const all = values.unit === undefined && values.cluster === undefined;
    const files = units.flatMap(({ environment, cluster, files }) =>
      under(`${environment}/${cluster}`, files),
    );
    const result = all ? [...files, ...under('fleet', synthFleetObjects(fleet))] : files;
    const out = values.out;
    if (typeof out !== 'string') {
      for (const { path, text } of result)
        streams.out(`# ${path}\n${text.startsWith('---') ? '' : '---\n'}${text}`);
      return 0;
    }
    await writeAll(resolve(cwd, out), result);
    streams.err(`wrote ${result.length} files below ${out}\n`);
    return 0;
  },
};

function under(folder: string, files: Readonly<Record<string, string>>): readonly SynthesizedFile[] {
  return Object.entries(files).map(([path, text]) => ({ path: `${folder}/${path}`, text }));
}

async function writeAll(folder: string, files: readonly SynthesizedFile[]): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(join(folder, path))));
  await Promise.all([...folders].map((path) => mkdir(path, { recursive: true })));
  await Promise.all(files.map(({ path, text }) => writeFile(join(folder, path), text)));
}
