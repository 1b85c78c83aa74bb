#!/usr/bin/env node
// Starts the command with the Node that the repository pins, whatever Node is first on the PATH. Plain JavaScript,
// since an older Node has to be able to read this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

const installed = fileURLToPath(new URL('../../../node_modules/@drydock', import.meta.url));

if (!existsSync(installed)) {
  process.stderr.write('drydock: its dependencies are not installed; run "make install" in the repository\n');
  process.exitCode = 2;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache?.();
  await import(main);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
} else {
  process.stderr.write('drydock: needs Node 24 or newer; "make install" in the repository brings it\n');
  process.exitCode = 2;
}
