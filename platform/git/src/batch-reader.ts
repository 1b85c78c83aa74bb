import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GitError } from './git-error.ts';
import { gitEnvironment } from './run-git.ts';

/** What `git cat-file --batch` answers for one name. */
export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

interface Pending {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads objects through one `git cat-file --batch` process that stays, so that a read costs a pipe round trip and not
 * a process. Names are resolved anew each time; the process is started with the first read and again if it dies.
 */
export class BatchReader {
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcessWithoutNullStreams | undefined;
  #pending: Pending[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  #wanted = 1;

  constructor(gitDir: string, env: Readonly<Record<string, string>> = {}) {
    this.#args = [`--git-dir=${gitDir}`, 'cat-file', '--batch'];
    this.#env = env;
  }

  /** The object that a name stands for, or undefined where there is none. */
  read(name: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined);
    const child = this.#start();
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      child.stdin.write(`${name}\n`);
    });
  }

  /** Ends the process. Reads that are under way fail. */
  close(): void {
    this.#child?.stdin.end();
    this.#child?.kill();
    this.#fail(new GitError(['cat-file'], 'the reader was closed'));
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child !== undefined) return this.#child;
    const child = spawn('git', this.#args, { env: gitEnvironment(this.#env) });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => {}); // 'close' reports it
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.once('error', (cause) =>
      this.#fail(new GitError(['cat-file'], 'git could not be started', { cause })),
    );
    child.once('close', () => {
      if (this.#child === child) this.#fail(new GitError(['cat-file'], stderr || 'the process ended'));
    });
    this.#child = child;
    return child;
  }

  #fail(error: Error): void {
    const pending = this.#pending;
    this.#child = undefined;
    this.#pending = [];
    this.#chunks = [];
    this.#buffered = 0;
    this.#wanted = 1;
    for (const { reject } of pending) reject(error);
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#wanted) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (let answer = parseAnswer(rest); answer !== undefined; answer = parseAnswer(rest)) {
      if ('missing' in answer) {
        this.#wanted = answer.missing;
        break;
      }
      rest = rest.subarray(answer.length);
      this.#wanted = 1;
      this.#pending.shift()?.resolve(answer.object);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#buffered = rest.length;
  }
}

type Answer =
  | { readonly object: GitObject | undefined; readonly length: number }
  | { readonly missing: number };

/** `<oid> <type> <size>\n<content>\n`, or `<name> missing\n`; undefined while the header line is incomplete. */
function parseAnswer(data: Buffer): Answer | undefined {
  const newline = data.indexOf(0x0a);
  if (newline < 0) return undefined;
  const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(data.toString('latin1', 0, newline));
  if (match === null) return { object: undefined, length: newline + 1 };
  const size = Number(match[3]);
  const length = newline + 1 + size + 1;
  if (data.length < length) return { missing: length };
  const content = Buffer.from(data.subarray(newline + 1, newline + 1 + size));
  return { object: { oid: match[1] ?? '', type: match[2] ?? '', content }, length };
}
