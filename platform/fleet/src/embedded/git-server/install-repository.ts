import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRepository, runGit } from '@drydock/git';

const HOOK = fileURLToPath(new URL('./pre-receive.ts', import.meta.url));

/** Settings of the repository that is pushed to. */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.logAllRefUpdates': 'always',
  'receive.denyNonFastForwards': 'true',
  'receive.denyDeletes': 'false',
  'receive.fsckObjects': 'true',
  'receive.maxInputSize': '256m',
  'receive.shallowUpdate': 'true',
  'receive.hideRefs': 'refs/drydock',
};

/** Makes the bare repository of a fleet, or brings its settings and its hook up to date. */
export async function installRepository(gitDir: string): Promise<void> {
  await createRepository(gitDir);
  for (const [key, value] of Object.entries(SETTINGS))
    await runGit([`--git-dir=${gitDir}`, 'config', key, value]);
  const hook = join(gitDir, 'hooks', 'pre-receive');
  await writeFile(hook, `#!/bin/sh\nexec ${shellQuote(process.execPath)} ${shellQuote(HOOK)}\n`);
  await chmod(hook, 0o755);
}

function shellQuote(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
