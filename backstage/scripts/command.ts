import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { portalFolder, rootFolder } from './folders.ts';

const KEPT = 4_000;

/** Runs Yarn in the portal's workspace, with the Node that runs this. @throws Error with the end of what it said */
export function yarn(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [yarnBin(), ...args], {
    cwd: portalFolder,
    env: yarnEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-KEPT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      if (code === 0) resolve();
      else reject(new Error(`failed to run yarn ${args.join(' ')}:\n${said}`));
    });
  });
}

/** Runs Yarn as {@link yarn} does, and lets everything it says be seen. @returns its exit code */
export function showYarn(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [yarnBin(), ...args], {
    cwd: portalFolder,
    env: yarnEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

function yarnBin(): string {
  const require = createRequire(join(rootFolder, 'package.json'));
  return require.resolve('@yarnpkg/cli-dist/bin/yarn.js');
}

function yarnEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, YARN_IGNORE_PATH: '1', FORCE_COLOR: '0' };
}
