import { randomUUID } from 'node:crypto';
import { badRequest, expired, StatusError } from '../model/status-error.ts';
import type { Stored } from '../store/table.ts';

/** Lists that are being read page by page, at most. */
const MAX_SNAPSHOTS = 64;
const KEEP_FOR = 5 * 60_000;

/** A part of a list. */
export interface Page {
  readonly items: readonly Stored[];
  readonly revision: number;
  readonly continueToken: string | undefined;
  readonly remaining: number | undefined;
}

interface Snapshot {
  readonly items: readonly Stored[];
  readonly revision: number;
  readonly scope: string;
  readonly until: number;
}

/**
 * Cuts lists into pages. The pages of one list show the same moment: the list is kept (objects are immutable, so this is
 * a list of references) until it was read to its end, grew old, or too many others were begun.
 */
export class ListPages {
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param scope what was asked for; a token of another question is refused */
  first(items: readonly Stored[], revision: number, scope: string, limit: number): Page {
    if (limit === 0 || items.length <= limit)
      return { items, revision, continueToken: undefined, remaining: undefined };
    const id = randomUUID();
    this.#evict();
    this.#snapshots.set(id, { items, revision, scope, until: this.#now() + KEEP_FOR });
    return this.#page(id, 0, limit);
  }

  /** @throws StatusError 400 for a token that is none, 410 for one whose list is gone */
  next(token: string, scope: string, limit: number): Page {
    const [, id = '', start] =
      /^([0-9a-f-]{36})\.(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
    if (start === undefined)
      throw badRequest('continue key is not valid: encoded continue token is malformed');
    const snapshot = this.#snapshots.get(id);
    if (snapshot === undefined || snapshot.until < this.#now()) throw expired(GONE);
    if (snapshot.scope !== scope) throw badRequest('continue key is not valid: it belongs to another list');
    return this.#page(id, Number(start), limit === 0 ? snapshot.items.length : limit);
  }

  #page(id: string, start: number, limit: number): Page {
    const snapshot = this.#snapshots.get(id);
    if (snapshot === undefined) throw new StatusError(410, 'Expired', GONE);
    const end = start + limit;
    const items = snapshot.items.slice(start, end);
    const { revision } = snapshot;
    const remaining = snapshot.items.length - end;
    if (remaining <= 0) {
      this.#snapshots.delete(id);
      return { items, revision, continueToken: undefined, remaining: undefined };
    }
    return { items, revision, continueToken: Buffer.from(`${id}.${end}`).toString('base64url'), remaining };
  }

  #evict(): void {
    const now = this.#now();
    for (const [id, { until }] of this.#snapshots) if (until < now) this.#snapshots.delete(id);
    const [oldest] = this.#snapshots.keys();
    if (this.#snapshots.size >= MAX_SNAPSHOTS && oldest !== undefined) this.#snapshots.delete(oldest);
  }
}

const GONE =
  'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.';
