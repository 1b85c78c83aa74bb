import { relative } from 'node:path';
import type { Check } from '../check.ts';
import { secretFiles } from '../fleet-files.ts';

/** Files with tokens and keys that others on this machine can read. */
export const secretFilesCheck: Check = {
  name: 'secret-files',
  title: 'files with tokens',
  codes: ['DRY134'],
  async run(context) {
    const files = await secretFiles(context);
    const modes = await Promise.all(files.map(({ path }) => context.files.mode(path)));
    return files.flatMap(({ path }, index) => {
      const mode = modes[index] ?? 0o600;
      if (context.machine.platform === 'win32' || (mode & 0o077) === 0) return [];
      const subject = relative(context.root, path);
      const found = `others can read it (mode ${(mode & 0o777).toString(8)}), and it holds credentials`;
      return [{ code: 'DRY134', severity: 'error' as const, subject, found, remedy: `chmod 600 ${subject}` }];
    });
  },
};
