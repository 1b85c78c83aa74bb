import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `backstage/` */
export const portalFolder = dirname(dirname(fileURLToPath(import.meta.url)));
/** The root of the repository. */
export const rootFolder = dirname(portalFolder);
/** What the local fleet keeps; git ignores it. */
export const stateFolder = join(rootFolder, '.drydock');
