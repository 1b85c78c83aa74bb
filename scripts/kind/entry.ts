import { fileURLToPath } from 'node:url';
import { DrydockError, formatProblem, InputError } from '@drydock/model';

/** Root of this repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Runs an entry point: prints what went wrong, sets the exit code, and turns Ctrl-C into a signal. */
export async function entry(main: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write('\nending what runs; the same command goes on from here\n');
    controller.abort();
  });
  process.once('SIGTERM', () => controller.abort());
  try {
    process.exitCode = await main(controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? 130 : 2;
    process.stderr.write(`${messageOf(error)}\n`);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof DrydockError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const problems =
    error instanceof InputError ? error.problems.map((problem) => `  ${formatProblem(problem)}`) : [];
  return [error.message, ...problems].join('\n');
}
