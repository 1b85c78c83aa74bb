import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { GitError } from './git-error.ts';

export interface RunGitOptions {
  /** Bytes for standard input. */
  readonly input?: string | Uint8Array | undefined;
  /** What must have happened before git is given its input; the process starts meanwhile. Its rejection is passed on. */
  readonly after?: Promise<unknown> | undefined;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Exit codes that are answers rather than failures. @default [0] */
  readonly accept?: readonly number[] | undefined;
}

/** Variables that would make git look at another repository than the one it is told. */
const FOREIGN = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/** The environment for git: no prompt, messages in English, nothing inherited that names another repository. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  for (const name of FOREIGN) delete env[name];
  return { ...env, ...extra };
}

/** Runs git without a shell and returns its standard output; throws {@link GitError} on any other exit code. */
export async function runGit(args: readonly string[], options: RunGitOptions = {}): Promise<Buffer> {
  const child = spawn('git', args, { env: gitEnvironment(options.env), stdio: ['pipe', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => {}); // EPIPE: git's exit code tells the story
  const said = Promise.all([buffer(child.stdout), text(child.stderr), exit]);
  said.catch(() => {}); // awaited below, unless what git was to wait for has failed
  try {
    await options.after;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, code] = await said;
  if (!(options.accept ?? [0]).includes(code ?? -1)) throw new GitError(withoutGitDir(args), stderr);
  return stdout;
}

function withoutGitDir(args: readonly string[]): readonly string[] {
  return args[0]?.startsWith('--git-dir') ? args.slice(1) : args;
}
