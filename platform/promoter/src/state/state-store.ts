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

/** The state at a commit of {@link STATE_REF}; without one, nothing was ever decided. */
export interface StateAt {
  readonly commit: string | undefined;
  readonly state: PromotionState;
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
  #read: StateAt | undefined;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @throws UnavailableError when what is stored cannot be read; nothing is decided on a part of it */
  async load(): Promise<StateAt> {
    const commit = await this.#repository.resolve(STATE_REF);
    if (commit === undefined) return { commit, state: EMPTY_STATE };
    if (this.#read?.commit === commit) return this.#read;
    const entries = await this.#repository.listTree(commit, { recursive: true });
    const contents = await this.#repository.readBlobs(entries.map(({ oid }) => oid));
    const files = entries.map(({ path }, index) => ({ path, text: String(contents[index]) }));
    this.#read = { commit, state: readState(commit, files) };
    return this.#read;
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
        const { commit, state } = await this.load();
        return await this.#commit(change(state), commit, now);
      } catch (cause) {
        if (!(cause instanceof RefConflictError)) throw cause;
        if (attempt >= ATTEMPTS)
          throw new UnavailableError('the state is being changed by others, try again', { cause });
      }
    }
  }

  /** @param from the commit that the change was decided on */
  async #commit(change: StateChange, from: string | undefined, now: number): Promise<void> {
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

function readState(
  commit: string,
  files: readonly { readonly path: string; readonly text: string }[],
): PromotionState {
  try {
    return parseState(files.map(({ path, text }) => ({ path, data: JSON.parse(text) })));
  } catch (cause) {
    const remedy = `mend it or move the ref back with "git update-ref ${STATE_REF}"`;
    throw new UnavailableError(`what is decided cannot be read from ${STATE_REF} (${commit}): ${remedy}`, {
      cause,
    });
  }
}
