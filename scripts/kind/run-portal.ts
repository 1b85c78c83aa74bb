import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './entry.ts';

/** Calls the portal's own script with the environment of the Kind fleet. @returns its exit code */
export function runPortal(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const script = join(ROOT, 'backstage', 'scripts', 'portal.ts');
  if (!existsSync(script)) return Promise.resolve(0);
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
