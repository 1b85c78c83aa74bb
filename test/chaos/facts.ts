import { parseTrailers, type Repository } from '@drydock/git';
import { environmentSchema } from '@drydock/model';
import { z } from 'zod';

/** A Release as the oracle reads it, by its own means. */
export interface RawRelease {
  readonly id: string;
  readonly unit: string;
  readonly sequence: number;
  readonly revision: string;
  readonly requestedBy: string;
  readonly tree: string;
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/** Reads a Release; undefined for none. */
export async function releaseAt(repository: Repository, id: string): Promise<RawRelease | undefined> {
  if ((await repository.resolve(id)) === undefined) return undefined;
  const { message, tree } = await repository.readCommit(id);
  const trailers = parseTrailers(message);
  const targets = new Map<string, readonly string[]>();
  for (const { path, oid } of await repository.listTree(tree)) {
    targets.set(
      path,
      (await repository.listTree(oid)).map((entry) => entry.path),
    );
  }
  return {
    id,
    unit: trailers.Unit ?? '',
    sequence: Number(trailers.Sequence),
    revision: trailers.Revision ?? '',
    requestedBy: trailers['Requested-by'] ?? '',
    tree,
    targets,
  };
}

/** What one paragraph of an environment commit says was moved. */
export interface RawMove {
  readonly promotion: string;
  readonly unit: string;
  readonly release: string;
  readonly clusters: readonly string[];
  readonly cause: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
}

/** Reads the audit entry of an environment commit: one paragraph for each Unit. */
export function movesOf(message: string): readonly RawMove[] {
  const paragraphs = message.trimEnd().split('\n\n').slice(1);
  return paragraphs.map((paragraph) => {
    const trailers = parseTrailers(paragraph);
    return {
      promotion: trailers.Promotion ?? '',
      unit: trailers.Unit ?? '',
      release: trailers.Release ?? '',
      clusters: (trailers.Clusters ?? '').split(', '),
      cause: trailers.Cause ?? '',
      requestedBy: trailers['Requested-by'] ?? '',
      approvedBy: trailers['Approved-by'] ?? '',
    };
  });
}

const strategySchema = z.object({ environments: z.array(environmentSchema) });
export type Strategy = z.infer<typeof strategySchema>;

/** The PromotionStrategy at a Revision. */
export async function strategyAt(repository: Repository, revision: string | undefined): Promise<Strategy> {
  if (revision === undefined) return { environments: [] };
  return strategySchema.parse(JSON.parse(String(await repository.readFile(`${revision}:fleet.json`))));
}

/** Path → id of every file at a commit. */
export async function filesAt(
  repository: Repository,
  commit: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const entries = commit === undefined ? [] : await repository.listTree(commit, { recursive: true });
  return new Map(entries.map(({ path, oid }) => [path, oid]));
}

const decisionSchema = z.object({
  by: z.string(),
  at: z.string(),
  release: z.string().optional(),
  until: z.string().optional(),
});
/** Anything people have decided; which fields there are depends on what it is. */
export type RawDecision = z.infer<typeof decisionSchema>;

/** Path without `.json` → decision, at a commit of the state. */
export async function decisionsAt(
  repository: Repository,
  commit: string | undefined,
): Promise<ReadonlyMap<string, RawDecision>> {
  const files = [...(await filesAt(repository, commit))];
  const contents = await repository.readBlobs(files.map(([, oid]) => oid));
  return new Map(
    files.map(([path], index) => [
      path.replace(/\.json$/, ''),
      decisionSchema.parse(JSON.parse(String(contents[index]))),
    ]),
  );
}
