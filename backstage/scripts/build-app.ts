import { join } from 'node:path';
import { yarn } from './command.ts';
import { portalFolder } from './folders.ts';
import { hashFiles, isStamped, stamp } from './stamp.ts';

const STAMP = join(portalFolder, 'packages', 'app', 'dist', '.drydock-built');
/** What the pages are made of: the app, the plugins, and what is installed. */
const SOURCE = /^(yarn\.lock|packages\/app\/|plugins\/[^/]+\/(src\/|package\.json|config\.d\.ts))/;
const TEST = /(\.test\.tsx?|setupTests\.ts)$/;

/** Builds the pages, unless they were built from exactly these sources. */
export async function buildAppIfNeeded(): Promise<string | undefined> {
  const hash = await hashFiles(portalFolder, path => SOURCE.test(path) && !TEST.test(path));
  if (await isStamped(STAMP, hash)) return undefined;
  await yarn(['workspace', 'app', 'build']);
  await stamp(STAMP, hash);
  return 'built';
}
