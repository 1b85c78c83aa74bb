import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { StatusError } from '../model/status-error.ts';
import { decodeRecord, encodeRecord, type LogRecord } from './record.ts';

/**
 * The append-only log of one cluster. A record is in the page cache before `append` returns, so that a killed
 * process loses nothing that was acknowledged. (A power cut may lose the last moments: there is no fsync per write.)
 * `rewrite` replaces the file by a snapshot in one rename.
 */
export class LogFile {
  readonly #path: string;
  readonly #write: typeof writeSync;
  #fd: number;
  #size: number;

  /**
   * @param path of the log
   * @param size bytes of it that are intact; the rest is cut off
   * @param write replaceable, for tests of a disk that is full
   */
  constructor(path: string, size: number, write: typeof writeSync = writeSync) {
    this.#path = path;
    this.#write = write;
    this.#size = size;
    this.#fd = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    ftruncateSync(this.#fd, size);
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#size;
  }

  /** @throws StatusError 507 when the disk refuses; the file is then as it was. */
  append(record: LogRecord): void {
    const bytes = encodeRecord(record);
    try {
      writeFully(this.#write, this.#fd, bytes, this.#size);
    } catch (error) {
      ftruncateSync(this.#fd, this.#size);
      throw diskRefused(error);
    }
    this.#size += bytes.length;
  }

  /** Replaces the log by a snapshot. When the disk refuses, the old log stays and goes on. */
  rewrite(records: Iterable<LogRecord>): void {
    const next = `${this.#path}.next`;
    const fd = openSync(next, 'w+', 0o600);
    let size = 0;
    try {
      for (const chunk of chunks(records)) {
        writeFully(this.#write, fd, chunk, size);
        size += chunk.length;
      }
      fdatasyncSync(fd);
      renameSync(next, this.#path);
    } catch (error) {
      closeSync(fd);
      throw diskRefused(error);
    }
    closeSync(this.#fd);
    this.#fd = fd;
    this.#size = size;
  }

  /** Makes everything durable and closes the file. */
  close(): void {
    fdatasyncSync(this.#fd);
    closeSync(this.#fd);
  }
}

/**
 * Reads a log. A torn tail (damaged bytes that no intact record follows) is left out of `size`.
 * @throws Error when damaged bytes are followed by intact records: that is no torn tail and nothing may be dropped.
 */
export function readLog(path: string): { readonly records: readonly LogRecord[]; readonly size: number } {
  if (!existsSync(path)) return { records: [], size: 0 };
  const bytes = readFileSync(path);
  const records: LogRecord[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const record = decodeRecord(bytes.toString('utf8', start, end));
    if (record === undefined) break;
    records.push(record);
    start = end + 1;
  }
  refuseHole(path, bytes.subarray(start));
  return { records, size: start };
}

function refuseHole(path: string, rest: Buffer): void {
  const intact = rest
    .toString('utf8')
    .split('\n')
    .slice(1)
    .filter((line) => decodeRecord(line) !== undefined);
  if (intact.length === 0) return;
  throw new Error(
    `failed to read log "${path}": a damaged record is followed by ${intact.length} intact ones; restore the file or delete it to start empty`,
  );
}

/** About a megabyte at a time. */
function* chunks(records: Iterable<LogRecord>): Iterable<Buffer> {
  let lines: Buffer[] = [];
  let size = 0;
  for (const record of records) {
    const line = encodeRecord(record);
    lines.push(line);
    size += line.length;
    if (size < 1 << 20) continue;
    yield Buffer.concat(lines);
    lines = [];
    size = 0;
  }
  yield Buffer.concat(lines);
}

function writeFully(write: typeof writeSync, fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += write(fd, bytes, done, bytes.length - done, position + done);
  }
}

function diskRefused(cause: unknown): StatusError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const error = new StatusError(507, 'InsufficientStorage', `failed to write to the cluster's log: ${why}`);
  error.cause = cause;
  return error;
}
