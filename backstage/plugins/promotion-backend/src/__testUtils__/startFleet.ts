import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A real promoter with an embedded fleet behind it, in a process of its own. */
export interface TestFleet {
  readonly url: string;
  readonly keyFile: string;
  stop(): Promise<void>;
}

// eslint-disable-next-line no-restricted-syntax -- a test only, never bundled
const ENTRY = resolve(__dirname, '../../../../e2e/fleet-process.ts');

/** Starts a fleet; takes seconds. */
export async function startFleet(): Promise<TestFleet> {
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const line = await firstLine(child);
  const { url, keyFile } = JSON.parse(line) as { url: string; keyFile: string };
  return {
    url,
    keyFile,
    async stop() {
      const exit = once(child, 'exit');
      child.stdin?.end();
      await exit;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the fleet has no output');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the fleet ended while it was starting');
  });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  return line;
}
