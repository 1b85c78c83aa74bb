import type { Repository } from '@drydock/git';

/** A record as the oracle reads it, by its own means. */
export interface RawRecord {
  readonly unit: string;
  readonly clusters: Readonly<Record<string, RawActive>>;
}

export interface RawActive {
  readonly release: string;
  readonly sequence: number;
  readonly promotion: string;
  readonly cause: string;
  readonly since: string;
  readonly requestedBy: string;
  readonly approvedBy: readonly string[];
}

/** Unit → record at a commit of an environment branch. */
export async function recordsAt(
  repository: Repository,
  commit: string | undefined,
): Promise<ReadonlyMap<string, RawRecord>> {
  const entries = commit === undefined ? [] : await repository.listTree(`${commit}:.drydock`);
  const contents = await repository.readBlobs(entries.map(({ oid }) => oid));
  const records = contents.map((content) => JSON.parse(String(content)) as RawRecord);
  return new Map(records.map((record) => [record.unit, record]));
}
