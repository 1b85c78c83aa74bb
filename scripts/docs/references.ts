import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMANDS } from '@drydock/cli';
import { cliReference } from './cli-reference.ts';
import { configReference, type Kind } from './config-reference.ts';

/** The kinds of files, in the order in which a reader meets them, and where each lies. */
const PATHS = {
  Fleet: 'clusters/fleet.yaml',
  Cluster: 'clusters/<cluster>/cluster.yaml',
  Addon: 'addons/<addon>/addon.yaml',
  Team: 'workloads/<team>/team.yaml',
  Application: 'workloads/<team>/<application>/application.yaml',
} as const;

/** Every generated document, by its path from the root of the repository. */
export async function references(root: string): Promise<Readonly<Record<string, string>>> {
  const kinds = await Promise.all(
    Object.entries(PATHS).map(async ([name, path]): Promise<Kind> => {
      const file = join(root, 'platform/model/schemas', `${name.toLowerCase()}.schema.json`);
      return { name, path, schema: JSON.parse(await readFile(file, 'utf8')) };
    }),
  );
  return {
    'platform/cli/README.md': cliReference(COMMANDS),
    'platform/model/README.md': configReference(kinds),
  };
}
