import { FILE_MODE, formatTrailers, RefConflictError, type Repository, type TreeEdit } from '@drydock/git';
import { ConflictError, UnavailableError } from '@drydock/model';
import { personSignature, promoterSignature } from '../signature.ts';
import { parseState } from './parse-state.ts';
import { EMPTY_STATE, type PromotionState } from './state.ts';

/** Ref of everything people have decided. */
export const STATE_REF = 'refs/drydock/state';

/** One change of the state: the files it writes (undefined removes one) and what the log says about it. */
export interface StateChange {
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly subject: string;
  readonly by: string;
  readonly trailers: Readonly<Record<string, string | undefined>>;
}

const ATTEMPTS = 8;

/** Paths below which each kind of decision is kept. */
export const statePath = {
  approval: (environment: string, unit: string, release: string, by: string) =>
    `approvals/${environment}/${unit}/${release}/${encodeURIComponent(by)}.json`,
  request: (environment: string, unit: string) => `requests/${environment}/${unit}.json`,
  hold: (environment: string, unit: string) => `holds/${environment}/${unit}.json`,
  freeze: (environment: string) => `freezes/${environment}.json`,
  override: (environment: string, unit: string) => `overrides/${environment}/${unit}.json`,
  check: (environment: string, unit: string, release: string, name: string) =>
    `checks/${environment}/${unit}/${release}/${name}.json`,
  set: (id: string) => `sets/${id}.json`,
} as const;

/** Requests, approvals, holds and freezes, as commits on {@link STATE_REF}; its history is their audit log. */
export class StateStore {
  readonly #repository: Repository;
  #read: { readonly commit: string; readonly state: PromotionState } | undefined;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async load(): Promise<PromotionState> {
    const commit = await this.#repository.resolve(STATE_REF);
    if (commit === undefined) return EMPTY_STATE;
    if (this.#read?.commit === commit) return this.#read.state;
    const entries = await this.#repository.listTree(commit, { recursive: true });
    const contents = await this.#repository.readBlobs(entries.map(({ oid }) => oid));
    const state = parseState(
      entries.map(({ path }, index) => ({ path, data: JSON.parse(String(contents[index])) })),
    );
    this.#read = { commit, state };
    return state;
  }

  /**
   * Applies a change to the state as it is then; when somebody else was faster, once more to theirs.
   *
   * @param change gets the state as it stands, and may refuse by throwing
   * @throws UnavailableError when others were faster every time
   */
  async update(change: (state: PromotionState) => StateChange, now: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#commit(change(await this.load()), now);
      } catch (cause) {
        if (!(cause instanceof RefConflictError)) throw cause;
        if (attempt >= ATTEMPTS)
          throw new UnavailableError('the state is being changed by others, try again', { cause });
      }
    }
  }

  async #commit(change: StateChange, now: number): Promise<void> {
    const from = await this.#repository.resolve(STATE_REF);
    if (from !== undefined && from !== this.#read?.commit)
      throw new RefConflictError('the state moved while it was read');
    const base = from === undefined ? undefined : (await this.#repository.readCommit(from)).tree;
    const edits = [...change.files].map(([path, text]): [string, TreeEdit] => [
      path,
      text === undefined ? undefined : { mode: FILE_MODE, oid: this.#repository.writeBlob(text) },
    ]);
    const tree = await this.#repository.editTree(base, new Map(edits));
    if (tree === base) throw new ConflictError(`nothing to do: ${change.subject} is already so`);
    const message = `${change.subject}\n\n${formatTrailers({ By: change.by, ...change.trailers })}\n`;
    const to = this.#repository.writeCommit({
      tree,
      parents: from === undefined ? [] : [from],
      author: personSignature(change.by, now),
      committer: promoterSignature(now),
      message,
    });
    await this.#repository.commitRefs([{ ref: STATE_REF, from, to }], { reason: change.subject });
  }
}

/** Prints a decision as it is stored. */
export function stateFile(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
