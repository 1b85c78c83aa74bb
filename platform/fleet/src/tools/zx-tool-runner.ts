import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnavailableError } from '@drydock/model';
import { $ } from 'zx';
import type { Command, CommandResult, ToolRunner } from './command.ts';
import { commandLine } from './command-line.ts';
import { ToolMissingError } from './tool-errors.ts';

export interface ZxToolRunnerOptions {
  /** Folder for one log file a tool. @default nothing is logged */
  readonly logs?: string | undefined;
  /** Working directory of the tools. @default that of this process */
  readonly cwd?: string | undefined;
  /** Time, for the log. @default the system's */
  readonly now?: (() => Date) | undefined;
}

/** What a shell ends with when there is no such command (POSIX.1-2017, 2.8.2). */
const NOT_FOUND = 127;

/**
 * Calls real tools through zx, which quotes every argument. What a tool prints goes to `<logs>/<tool>.log`; what is fed
 * to it does not, since it may hold credentials.
 */
export function zxToolRunner(options: ZxToolRunnerOptions = {}): ToolRunner {
  return {
    async run(command, signal) {
      const started = (options.now ?? (() => new Date()))();
      const result = await call(command, { cwd: options.cwd, signal });
      await log(options.logs, command, { started, result });
      if (result.exitCode === NOT_FOUND && /not found|No such file/.test(result.stderr)) {
        throw new ToolMissingError(command.tool);
      }
      return result;
    },
  };
}

interface CallOptions {
  readonly cwd: string | undefined;
  readonly signal: AbortSignal | undefined;
}

async function call(command: Command, { cwd, signal }: CallOptions): Promise<CommandResult> {
  if (signal?.aborted) throw interrupted(command);
  const { tool, args, stdin, timeLimit } = command;
  const limit = AbortSignal.timeout(timeLimit);
  const either = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const program = tool === 'node' ? process.execPath : tool; // the pinned Node, whatever is on PATH
  const options = { nothrow: true, quiet: true, detached: true, input: stdin ?? '' };
  const run = $({ ...options, ...(cwd !== undefined && { cwd }) })`${program} ${args}`;
  const stop = (): void => endGroup(run.pid);
  either.addEventListener('abort', stop, { once: true });
  const output = await run;
  either.removeEventListener('abort', stop);
  if (signal?.aborted) throw interrupted(command);
  if (limit.aborted) {
    throw new UnavailableError(
      `"${commandLine(command)}" did not end within ${timeLimit / 1_000} s and was stopped`,
    );
  }
  return { exitCode: output.exitCode ?? 1, stdout: output.stdout, stderr: output.stderr };
}

/** Ends a process with everything that it has started: it leads a group of its own. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // it has ended in the meantime
  }
}

function interrupted(command: Command): UnavailableError {
  return new UnavailableError(
    `"${commandLine(command)}" was interrupted; the same command goes on from here`,
  );
}

interface Logged {
  readonly started: Date;
  readonly result: CommandResult;
}

async function log(folder: string | undefined, command: Command, { started, result }: Logged): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const words =
    command.secret === true ? '(what it printed is a credential)\n' : result.stdout + result.stderr;
  const text = `${started.toISOString()} ${commandLine(command)}\n${words}exit code ${result.exitCode}\n\n`;
  await appendFile(join(folder, `${command.tool}.log`), text, { mode: 0o600 });
}
