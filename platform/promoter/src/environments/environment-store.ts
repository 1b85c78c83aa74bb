import type { Repository } from '@drydock/git';
import { UnavailableError } from '@drydock/model';
import { type UnitRecord, unitRecordSchema } from './record.ts';

/** An environment branch as it stands. */
export interface EnvironmentHead {
  readonly environment: string;
  /** Undefined: nothing was ever promoted here. */
  readonly commit: string | undefined;
  readonly records: ReadonlyMap<string, UnitRecord>;
}

/** Full name of an environment branch. */
export function environmentRef(environment: string): string {
  return `refs/heads/env/${environment}`;
}

/** How many heads are kept parsed: those in use, and those that delivery engines still report. */
const KEPT = 256;

/**
 * Reads environment branches. What a commit holds never changes, so a head costs one ref lookup when nothing moved,
 * and after a promotion only the records that changed are parsed.
 */
export class EnvironmentStore {
  readonly #repository: Repository;
  readonly #heads = new Map<string, ReadonlyMap<string, UnitRecord>>();
  readonly #blobs = new Map<string, UnitRecord>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async head(environment: string): Promise<EnvironmentHead> {
    const commit = await this.#repository.resolve(environmentRef(environment));
    return { environment, commit, records: commit === undefined ? new Map() : await this.recordsAt(commit) };
  }

  /** The records at any commit of an environment branch; none where there is no such commit. */
  async recordsAt(commit: string): Promise<ReadonlyMap<string, UnitRecord>> {
    const known = this.#heads.get(commit);
    if (known !== undefined) return known;
    if ((await this.#repository.resolve(commit)) === undefined) return new Map(); // it may come later
    const entries = await this.#repository.listTree(`${commit}:.drydock`);
    const records = new Map<string, UnitRecord>();
    for (const record of await this.#parse(entries.map(({ oid }) => oid))) records.set(record.unit, record);
    this.#heads.set(commit, records);
    evict(this.#heads, KEPT);
    return records;
  }

  async #parse(oids: readonly string[]): Promise<readonly UnitRecord[]> {
    const unknown = oids.filter((oid) => !this.#blobs.has(oid));
    const contents = await this.#repository.readBlobs(unknown);
    for (const [index, oid] of unknown.entries()) {
      this.#blobs.set(oid, parseRecord(oid, String(contents[index])));
    }
    const records = oids.flatMap((oid) => this.#blobs.get(oid) ?? []);
    evict(this.#blobs, oids.length * KEPT);
    return records;
  }
}

/** @throws UnavailableError for what is no record: nothing is decided on a part of a branch */
function parseRecord(oid: string, text: string): UnitRecord {
  try {
    return unitRecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UnavailableError(`a record on an environment branch cannot be read (blob ${oid})`, { cause });
  }
}

function evict(map: Map<string, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}
