import type { RefUpdate, Repository } from '@drydock/git';
import { isSettled, type Moment, whatWasClosed, whatWaveWaited } from './check-gates.ts';
import {
  decisionsAt,
  filesAt,
  movesOf,
  type RawMove,
  type RawRelease,
  releaseAt,
  type Strategy,
  strategyAt,
} from './facts.ts';
import { type RawRecord, recordsAt } from './records.ts';
import type { Reports } from './world.ts';

/** What the promoter that moved refs may have known. */
export interface Witness {
  readonly name: string;
  readonly reports: readonly Reports[];
  readonly times: readonly number[];
}

const ENVIRONMENT = 'refs/heads/env/';
const STATE = 'refs/drydock/state';
const HYDRATED = 'refs/drydock/hydrated';
const HYDRATING = 'refs/drydock/hydrating'; // says who may write, and nothing else
const RELEASES = 'refs/drydock/releases/';

/** Watches every ref that moves, and says which of the promises was broken. Shares no code with what decides. */
export class Oracle {
  readonly #repository: Repository;
  readonly #violated: (what: string) => void;
  readonly #refs = new Map<string, string>();
  readonly #revisions: string[] = [];
  readonly #records = new Map<string, ReadonlyMap<string, RawRecord>>();
  readonly #releases = new Map<string, RawRelease>();
  readonly #promotions = new Map<string, string[]>();
  readonly #settledOnce = new Map<string, Set<string>>();
  readonly #lastMoved = new Map<string, string>();
  readonly #haveBeen = new Map<string, Set<string>>();

  constructor(repository: Repository, violated: (what: string) => void) {
    this.#repository = repository;
    this.#violated = violated;
  }

  /** Ids of all promotions, in their order. */
  promotions(environment: string): readonly string[] {
    return this.#promotions.get(environment) ?? [];
  }

  /** Somebody has pushed a Revision. */
  pushed(revision: string): void {
    this.#revisions.push(revision);
  }

  /** A promoter has moved refs. Called before anything else can happen. */
  async moved(updates: readonly RefUpdate[], witness: Witness): Promise<void> {
    const before = await this.#moment(witness);
    for (const update of updates) {
      if (update.to === undefined) this.#violated(`${witness.name} deleted ${update.ref}`);
      else await this.#check({ ...update, to: update.to }, before, witness);
    }
    for (const { ref, to } of updates) if (to !== undefined) this.#refs.set(ref, to);
  }

  async #check(update: Moved, before: Moment, witness: Witness): Promise<void> {
    const { ref } = update;
    const violated = (what: string) => this.#violated(`${witness.name} moved ${ref}: ${what}`);
    if (this.#refs.get(ref) !== update.from) violated('it was not where the transaction said');
    if (ref.startsWith(ENVIRONMENT)) await this.#checkEnvironment(update, before, violated);
    else if (ref.startsWith(RELEASES)) await this.#checkRelease(update, violated);
    else if (ref === HYDRATED) this.#checkHydrated(update, violated);
    else if (ref !== HYDRATING) await this.#checkParent(update, violated);
  }

  /** Every commit follows the one before it. */
  async #checkParent({ from, to }: Moved, violated: Violated): Promise<void> {
    const { parents } = await this.#repository.readCommit(to);
    if (parents.join() !== (from ?? '')) violated(`its parent is ${parents.join()} and not ${from}`);
  }

  #checkHydrated({ from, to }: Moved, violated: Violated): void {
    const [was, is] = [this.#revisions.indexOf(from ?? ''), this.#revisions.indexOf(to)];
    if (is <= was) violated(`it went from revision ${was} to revision ${is}`);
  }

  async #checkRelease({ ref, from, to }: Moved, violated: Violated): Promise<void> {
    const release = await releaseAt(this.#repository, to);
    if (from !== undefined || release === undefined) return violated('a release was changed');
    const others = [...this.#releases.values()].filter(({ unit }) => unit === release.unit);
    const newest = others.toSorted((a, b) => b.sequence - a.sequence)[0];
    if (release.sequence !== (newest?.sequence ?? 0) + 1) violated(`its sequence is ${release.sequence}`);
    if (release.tree === newest?.tree) violated('it is the same as the one before');
    if (ref !== `${RELEASES}${release.unit}/${release.revision}`) violated('it is of another revision');
    const { committer } = await this.#repository.readCommit(release.revision);
    if (release.requestedBy !== committer.name) violated(`it says ${release.requestedBy} pushed it`);
    this.#releases.set(to, release);
  }

  async #checkEnvironment(update: Moved, before: Moment, violated: Violated): Promise<void> {
    await this.#checkParent(update, violated);
    const name = update.ref.slice(ENVIRONMENT.length);
    const { message } = await this.#repository.readCommit(update.to);
    const records = await recordsAt(this.#repository, update.to);
    this.#records.set(update.to, records);
    const moves = movesOf(message);
    await this.#checkPaths(update, name, moves, violated);
    for (const move of moves) this.#checkMove(move, { name, before, records, violated });
  }

  /** Nobody's path changes but those of the Units that moved, and these have exactly the bytes of their Release. */
  async #checkPaths(
    { from, to }: Moved,
    environment: string,
    moves: readonly RawMove[],
    violated: Violated,
  ): Promise<void> {
    const expected = new Map(await filesAt(this.#repository, from));
    const after = await filesAt(this.#repository, to);
    for (const { unit, release, clusters } of moves) {
      const tree = this.#releases.get(release)?.tree;
      const files = tree === undefined ? new Map<string, string>() : await filesAt(this.#repository, tree);
      for (const cluster of clusters) {
        const own = [`${cluster}/delivery/${unit}.yaml`, `${cluster}/units/${unit}/`];
        const isOwn = (path: string) => own.some((prefix) => path.startsWith(prefix));
        for (const path of [...expected.keys()].filter(isOwn)) expected.delete(path);
        for (const [path, oid] of files) {
          const target = path.startsWith(`${environment}/`) ? path.slice(environment.length + 1) : '';
          if (isOwn(target)) expected.set(target, oid);
        }
      }
      const record = `.drydock/${unit}.json`;
      const oid = after.get(record);
      if (oid === undefined) expected.delete(record);
      else expected.set(record, oid);
    }
    const paths = new Set([...expected.keys(), ...after.keys()]);
    const wrong = [...paths].filter((path) => expected.get(path) !== after.get(path));
    if (wrong.length > 0) violated(`paths that are not as they should be: ${wrong.join(', ')}`);
  }

  #checkMove(move: RawMove, { name, before, records, violated: say }: MoveContext): void {
    const { unit, clusters, promotion, cause } = move;
    const violated = (what: string) => say(`${unit}: ${what}`);
    const release = this.#releases.get(move.release);
    const environment = before.environments.find((candidate) => candidate.name === name);
    if (release === undefined || environment === undefined || release.unit !== unit)
      return void violated('it moved what there is not');
    const place = `${name}/${unit}`;
    const old = before.records.get(name)?.get(unit);
    const all = [...this.#promotions.values()].flat();
    if (all.includes(promotion)) violated(`promotion ${promotion} happened twice`);
    this.#promotions.set(name, [...this.promotions(name), promotion]);
    this.#checkRecord(move, release, { old, now: records.get(unit), environment: name, violated });
    if (cause === 'rollback') {
      if (before.decisions.get(`holds/${place}`)?.release !== release.id)
        violated('nobody asked to roll back');
      if (!this.#haveBeen.get(place)?.has(release.id)) violated('it was rolled back to what was never there');
    } else {
      const backwards = clusters.find(
        (cluster) => (old?.clusters[cluster]?.sequence ?? 0) >= release.sequence,
      );
      if (backwards !== undefined) violated(`${backwards} went backwards or was moved twice`);
      this.#checkMayEnter(move, release, { environment, before, old, violated });
    }
    this.#lastMoved.set(place, release.id);
    this.#haveBeen.set(place, new Set([...(this.#haveBeen.get(place) ?? []), release.id]));
    if (isSettled(release, name, records.get(unit))) {
      this.#settledOnce.set(place, new Set([...(this.#settledOnce.get(place) ?? []), release.id]));
    }
  }

  #checkMayEnter(
    { clusters, unit }: RawMove,
    release: RawRelease,
    { environment, before, old, violated }: EnterContext,
  ): void {
    const place = `${environment.name}/${unit}`;
    const entering = { release, environment };
    if (before.decisions.has(`holds/${place}`)) violated('it is held');
    const freeze = before.decisions.get(`freezes/${environment.name}`);
    const until = freeze?.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(freeze.until);
    if (freeze !== undefined && before.times.every((time) => time < until)) violated('it is frozen');
    const goesOn = old !== undefined && this.#lastMoved.get(place) === release.id;
    const closed = goesOn ? undefined : whatWasClosed(before, entering);
    if (closed !== undefined) violated(closed);
    const waited = whatWaveWaited(before, entering, clusters);
    if (waited !== undefined) violated(waited);
  }

  /** The record says what moved, and the commit says the same. */
  #checkRecord(move: RawMove, release: RawRelease, context: RecordContext): void {
    const { old, now, environment, violated } = context;
    const targets = release.targets.get(environment) ?? [];
    const names = new Set([...Object.keys(old?.clusters ?? {}), ...Object.keys(now?.clusters ?? {})]);
    for (const cluster of new Set([...names, ...move.clusters])) {
      const active = now?.clusters[cluster];
      if (!move.clusters.includes(cluster)) {
        if (JSON.stringify(active) !== JSON.stringify(old?.clusters[cluster]))
          violated(`the record of ${cluster}, which did not move, changed`);
      } else if (!targets.includes(cluster)) {
        if (active !== undefined) violated(`${cluster} is still recorded`);
      } else {
        const said = [active?.release, active?.promotion, active?.cause, active?.requestedBy];
        const wanted = [release.id, move.promotion, move.cause, move.requestedBy];
        if (said.join() !== wanted.join()) violated(`the record of ${cluster} says ${said.join()}`);
        if (active?.approvedBy.join(', ') !== move.approvedBy)
          violated('record and commit name other approvers');
      }
    }
  }

  async #moment({ reports, times }: Witness): Promise<Moment> {
    const strategy: Strategy = await strategyAt(this.#repository, this.#refs.get(HYDRATED));
    const heads = strategy.environments.map(
      ({ name }) => [name, this.#refs.get(`${ENVIRONMENT}${name}`)] as const,
    );
    return {
      environments: strategy.environments,
      records: new Map(heads.map(([name, head]) => [name, this.#records.get(head ?? '') ?? new Map()])),
      decisions: await decisionsAt(this.#repository, this.#refs.get(STATE)),
      reports,
      times,
      settledOnce: this.#settledOnce,
      recordsOf: (commit) => this.#records.get(commit),
    };
  }
}

type Violated = (what: string) => void;
type Moved = RefUpdate & { readonly to: string };

interface MoveContext {
  readonly name: string;
  readonly before: Moment;
  readonly records: ReadonlyMap<string, RawRecord>;
  readonly violated: Violated;
}

interface EnterContext {
  readonly environment: Moment['environments'][number];
  readonly before: Moment;
  readonly old: RawRecord | undefined;
  readonly violated: Violated;
}

interface RecordContext {
  readonly old: RawRecord | undefined;
  readonly now: RawRecord | undefined;
  readonly environment: string;
  readonly violated: Violated;
}
