import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: `CHROMIUM_BIN`, or the first on PATH. @throws Error that says what to install */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_BIN;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = given ? [given] : folders.flatMap(folder => NAMES.map(name => join(folder, name)));
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  throw new Error(
    'no Chromium on this machine: install it (Debian: apt-get install chromium) or set CHROMIUM_BIN',
  );
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
