import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What a command left behind. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Exit codes that are as expected. @default [0] */
  readonly accept?: readonly number[];
}

/** Runs a program without a shell. @throws Error with what it said when it exits unexpectedly */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Finished> {
  const child = spawn(program, args, { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if ((options.accept ?? [0]).includes(code)) return { code, stdout, stderr };
  throw new Error(`"${[program, ...args].join(' ')}" ended with ${code}:\n${stderr}${stdout}`);
}
