import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAddon, switchAddon } from '@drydock/constructs';
import { ConflictError, InputError, NotFoundError } from '@drydock/model';
import type { CommandContext, OptionValues } from '../../command.ts';
import { findRoot } from '../../find-root.ts';

/** `drydock addons add NAME`: writes the files of a new addon, and switches it on where `--cluster` says. */
export async function addAddonFiles(
  { streams, cwd }: CommandContext,
  name: string,
  values: OptionValues,
): Promise<number> {
  const root = findRoot(cwd);
  const files = addAddon({
    name,
    description: text(values, 'description'),
    namespace: typeof values.namespace === 'string' ? values.namespace : name,
    chart: {
      repository: text(values, 'repository'),
      name: typeof values.chart === 'string' ? values.chart : name,
      version: text(values, 'chart-version'),
    },
  });
  if (existsSync(join(root, 'addons', name))) throw new ConflictError(`addons/${name} exists already`);
  const clusters = typeof values.cluster === 'string' ? values.cluster.split(',') : [];
  const switched = await Promise.all(clusters.map((cluster) => switchOn(root, cluster, name)));
  const written = Object.entries({ ...files, ...Object.fromEntries(switched) });
  for (const [path, content] of written) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    streams.err(`wrote ${path}\n`);
  }
  streams.err(`"drydock validate" checks it, "drydock synth --unit ${name}" shows what it brings\n`);
  return 0;
}

async function switchOn(root: string, cluster: string, addon: string): Promise<readonly [string, string]> {
  const path = `clusters/${cluster}/cluster.yaml`;
  const before = await readFile(join(root, path), 'utf8').catch((cause) => {
    throw new NotFoundError(`--cluster: no cluster "${cluster}": ${path} does not exist`, { cause });
  });
  return [path, switchAddon(before, addon, 'enabled')];
}

function text(values: OptionValues, name: string): string {
  const value = values[name];
  if (typeof value === 'string') return value;
  throw new InputError(`expected --${name}; "drydock addons --help" lists what "add" needs`);
}
