import { join } from 'node:path';
import type { DoctorContext } from './doctor-context.ts';

/** A file of a local fleet that holds credentials. */
export interface SecretFile {
  readonly path: string;
  readonly content: string;
}

const NAMES = ['config.json', 'git-credentials', 'portal.key', 'run.json', 'secrets.json'];

/** The files of the local fleets that hold credentials: tokens, and kubeconfigs. */
export async function secretFiles(context: DoctorContext): Promise<readonly SecretFile[]> {
  const homes = [join(context.root, '.drydock'), join(context.root, '.drydock', 'kind')];
  const paths = await Promise.all(
    homes.map(async (home) => [
      ...NAMES.map((name) => join(home, name)),
      ...(await kubeconfigPaths(context, home)),
    ]),
  );
  const files = await Promise.all(
    paths.flat().map(async (path) => ({ path, content: await context.files.read(path) })),
  );
  return files.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }]));
}

async function kubeconfigPaths({ files }: DoctorContext, home: string): Promise<readonly string[]> {
  const folder = join(home, 'kubeconfigs');
  const names = await files.list(folder);
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
}
