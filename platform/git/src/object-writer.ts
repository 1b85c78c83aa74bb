import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { runGit } from './run-git.ts';

export type ObjectType = 'commit' | 'tree' | 'blob';
export type ObjectFormat = 'sha1' | 'sha256';

interface NewObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

/** From this many objects on, one pack is written instead of loose files. */
const PACK_FROM = 64;
/** Object type numbers of the pack format (git's gitformat-pack documentation). */
const PACK_TYPE = { commit: 1, tree: 2, blob: 3 } as const;

/** The id git gives an object: the hash of `<type> <size>\0<content>`. */
export function objectId(type: ObjectType, content: Uint8Array, format: ObjectFormat = 'sha1'): string {
  return createHash(format).update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/**
 * Collects new objects and stores them together. `add` answers at once with the id, so that trees and commits can be
 * built upon each other in memory; nothing may refer to them before `flush` has resolved.
 */
export class ObjectWriter {
  readonly #gitDir: string;
  readonly #format: ObjectFormat;
  #objects = new Map<string, NewObject>();

  constructor(gitDir: string, format: ObjectFormat) {
    this.#gitDir = gitDir;
    this.#format = format;
  }

  add(type: ObjectType, content: Buffer): string {
    const oid = objectId(type, content, this.#format);
    this.#objects.set(oid, { oid, type, content });
    return oid;
  }

  /** An object that was added and not flushed yet. */
  pending(oid: string): Buffer | undefined {
    return this.#objects.get(oid)?.content;
  }

  /** Stores everything that was added; on failure it all stays for another try. */
  async flush(): Promise<void> {
    const objects = [...this.#objects.values()];
    if (objects.length >= PACK_FROM) await this.#writePack(objects);
    else await Promise.all(objects.map((object) => this.#writeLoose(object)));
    for (const { oid } of objects) this.#objects.delete(oid);
  }

  async #writeLoose({ oid, type, content }: NewObject): Promise<void> {
    const folder = join(this.#gitDir, 'objects', oid.slice(0, 2));
    const file = join(folder, oid.slice(2));
    if (await exists(file)) return;
    const data = deflateSync(Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]), {
      level: 1,
    });
    const temporary = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, data, { mode: 0o444, flush: true }); // a ref must never outlive what it points at
    await rename(temporary, file);
  }

  async #writePack(objects: readonly NewObject[]): Promise<void> {
    const parts = [packHeader(objects.length), ...objects.flatMap(packEntry)];
    const trailer = createHash(this.#format);
    for (const part of parts) trailer.update(part);
    const pack = Buffer.concat([...parts, trailer.digest()]);
    await runGit([`--git-dir=${this.#gitDir}`, 'index-pack', '--stdin'], { input: pack });
  }
}

function packHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\u0002\0\0\0\0', 'latin1');
  header.writeUInt32BE(count, 8);
  return header;
}

/** Size in groups of seven bits, the lowest first, the type in the first byte; then the deflated content. */
function packEntry({ type, content }: NewObject): readonly Buffer[] {
  const bytes: number[] = [];
  let byte = (PACK_TYPE[type] << 4) | (content.length & 0x0f);
  let size = Math.floor(content.length / 16);
  while (size > 0) {
    bytes.push(byte | 0x80);
    byte = size & 0x7f;
    size = Math.floor(size / 128);
  }
  bytes.push(byte);
  return [Buffer.from(bytes), deflateSync(content, { level: 1 })];
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
