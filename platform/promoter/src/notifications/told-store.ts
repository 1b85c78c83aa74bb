import { FILE_MODE, RefConflictError, type Repository, type TreeEdit } from '@drydock/git';
import { promoterSignature } from '../signature.ts';
import { type Told, toldSchema } from './outbox.ts';

/**
 * Ref of how far each target has been told. In git like everything else the promoter knows, so that a promoter that is
 * started elsewhere goes on there; but not history: each commit stands alone.
 */
export const NOTIFIED_REF = 'refs/drydock/notified';

/** What each target has been told, one file for each. */
export class ToldStore {
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Undefined for a target that was never told anything. What cannot be read counts as never told. */
  async load(target: string): Promise<Told | undefined> {
    const commit = await this.#repository.resolve(NOTIFIED_REF);
    const file = commit && (await this.#repository.readFile(`${commit}:${target}.json`));
    if (!file) return undefined;
    const parsed = toldSchema.safeParse(parse(String(file)));
    return parsed.success ? parsed.data : undefined;
  }

  /** Records for one target; when somebody else writes at the same time, once more beside theirs. */
  async save(target: string, told: Told, now: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#save(target, told, now);
      } catch (error) {
        if (!(error instanceof RefConflictError) || attempt >= 8) throw error;
      }
    }
  }

  async #save(target: string, told: Told, now: number): Promise<void> {
    const repository = this.#repository;
    const from = await repository.resolve(NOTIFIED_REF);
    const base = from && (await repository.readCommit(from)).tree;
    const oid = repository.writeBlob(`${JSON.stringify(told, undefined, 2)}\n`);
    const edits = new Map<string, TreeEdit>([[`${target}.json`, { mode: FILE_MODE, oid }]]);
    const tree = await repository.editTree(base, edits);
    if (tree === base) return;
    const who = promoterSignature(now);
    const to = repository.writeCommit({ tree, parents: [], author: who, committer: who, message: 'told\n' });
    await repository.commitRefs([{ ref: NOTIFIED_REF, from, to }], { reason: `told ${target}` });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
