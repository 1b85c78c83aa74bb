import { join } from 'node:path';
import { yarn } from './command.ts';
import { portalFolder } from './folders.ts';
import { hashFiles, isStamped, stamp } from './stamp.ts';

const STAMP = join(portalFolder, 'node_modules', '.drydock-installed');
const MANIFEST = /^(package\.json|yarn\.lock|\.yarnrc\.yml|(packages|plugins)\/[^/]+\/package\.json)$/;

/** Installs the packages of the portal, unless exactly these are installed. */
export async function installIfNeeded(): Promise<string | undefined> {
  const hash = await hashFiles(portalFolder, path => MANIFEST.test(path));
  if (await isStamped(STAMP, hash)) return undefined;
  await yarn(['install', '--immutable']);
  await stamp(STAMP, hash);
  return 'installed';
}
