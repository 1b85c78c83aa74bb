import { spawn } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Repository } from '@drydock/git';
import { checkout } from './checkout.ts';
import { collectHydratedLines, type HydratedLine, parseHydratedLine } from './hydrated-line.ts';
import { type HydratedFleet, HydrationError, type Hydrator } from './hydrator.ts';
import { limitMemory } from './memory-limit.ts';
import { readLines } from './read-lines.ts';

export interface ChildHydratorOptions {
  readonly repository: Repository;
  /** Where Revisions are laid out; ours alone. */
  readonly folder: string;
  /** The installation whose dependencies are used: the folder of `package-lock.json` and `node_modules`. */
  readonly installation: string;
  /** Milliseconds. @default 120_000 */
  readonly timeLimit?: number | undefined;
  /** Megabytes of heap; of memory altogether, half as much again. @default 1_024 */
  readonly memoryLimit?: number | undefined;
  /** Megabytes that the code may print. @default 256 */
  readonly outputLimit?: number | undefined;
}

const ENTRY = 'platform/constructs/src/hydrate.ts';
const GUARD = fileURLToPath(new URL('./confine.ts', import.meta.url));
/** How much of what the code says on standard error is kept for the message. */
const STDERR_KEPT = 4_000;

/**
 * Runs the code of a Revision in a child process that may read its own tree and the installed dependencies and nothing
 * else: no writing, no processes, no signals, no network, limited time, memory and output.
 */
export class ChildHydrator implements Hydrator {
  readonly #options: ChildHydratorOptions;

  constructor(options: ChildHydratorOptions) {
    this.#options = options;
  }

  async hydrate(revision: string): Promise<HydratedFleet> {
    const { repository, folder, installation } = this.#options;
    const modules = await realpath(join(installation, 'node_modules'));
    await refuseForeignLockFile(this.#options, revision);
    const tree = await realpath(await checkout({ repository, revision, folder, modules }));
    return collectHydratedLines(await this.#run(tree, modules));
  }

  async #run(tree: string, modules: string): Promise<readonly HydratedLine[]> {
    const { timeLimit = 120_000, memoryLimit = 1_024, outputLimit = 256 } = this.#options;
    const readable = [tree, modules, GUARD].map((path) => `--allow-fs-read=${path}`);
    const flags = [
      '--permission',
      ...readable,
      `--max-old-space-size=${memoryLimit}`,
      '--disable-warning=SecurityWarning',
    ];
    const args = [...flags, '--import', GUARD, join(tree, ENTRY), tree];
    const child = spawn(process.execPath, args, {
      cwd: tree,
      env: { TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeLimit);
    const stopWatching = limitMemory(child, memoryLimit * 1.5);
    const exit = new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve(signal === null ? `exit code ${code}` : `ended by ${signal}`),
      );
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-STDERR_KEPT);
    });
    try {
      const lines: HydratedLine[] = [];
      for await (const line of readLines(child.stdout, outputLimit * 1024 * 1024))
        lines.push(parseHydratedLine(line));
      const ending = await exit;
      if (ending === 'exit code 0' || lines.some(({ type }) => type === 'problems')) return lines;
      throw new HydrationError(
        `the revision's code failed (${ending}): ${stderr.trim() || 'it said nothing'}`,
      );
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new HydrationError("the revision's code wrote too much", { cause });
    } finally {
      clearTimeout(timer);
      stopWatching();
      child.kill('SIGKILL');
    }
  }
}

/** The dependencies that are installed must be those the Revision asks for. */
async function refuseForeignLockFile(options: ChildHydratorOptions, revision: string): Promise<void> {
  const wanted = await options.repository.readFile(`${revision}:package-lock.json`);
  const installed = await readFile(join(options.installation, 'package-lock.json')).catch(() => undefined);
  if (wanted === undefined || installed === undefined || wanted.equals(installed)) return;
  const message = 'expected the dependencies that are installed, got another lock file';
  const suggestion = `run "npm ci" for this revision in ${options.installation} and restart the promoter`;
  throw new HydrationError('the revision needs other dependencies than those installed', {
    problems: [{ file: 'package-lock.json', message, suggestion }],
  });
}
