import { RefConflictError, type Repository } from '@drydock/git';
import { ConflictError, UnavailableError } from '@drydock/model';
import { environmentRef } from '../environments/environment-store.ts';
import { type Clock, type Logger, silentLogger, systemClock, systemTimer, type Timer } from '../ports.ts';
import type { PromoterObserver, Settled } from '../promoter-hooks.ts';
import { promoterSignature } from '../signature.ts';
import type { Snapshot } from '../snapshot.ts';
import type { StateChange } from '../state/state-store.ts';
import { type Forge, ForgeLimitedError, type PullRequest } from './forge.ts';
import { COST, decideForgeActions, type ForgeAction, type ProposalState } from './forge-actions.ts';
import { approvalOf, isRecorded } from './forge-approvals.ts';
import { ForgeBudget } from './forge-budget.ts';
import { PROPOSAL_PREFIX, type Proposal, proposalsOf } from './proposal.ts';
import { proposalCommit } from './proposal-commit.ts';
import { RememberingForge } from './remembering-forge.ts';

/** What {@link ForgeSync} needs of the promoter. */
export interface ApprovalBook {
  snapshot(): Promise<Snapshot>;
  /** Records an approval against the state as it is then, and lets the promoter look. */
  record(change: (current: Snapshot) => StateChange): Promise<void>;
}

export interface ForgeSyncOptions {
  readonly forge: Forge;
  readonly repository: Repository;
  readonly book: ApprovalBook;
  /** Environments whose approvals happen by pull request. Default: all that have such a Gate. */
  readonly environments?: readonly string[] | undefined;
  /** Names on the forge → names here, where they differ. */
  readonly users?: Readonly<Record<string, string>> | undefined;
  /** Whether this replica is the one that acts. Default: always. */
  readonly mayAct?: (() => boolean) | undefined;
  /** Least milliseconds between two visits. @default 5_000 */
  readonly pause?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly timer?: Timer | undefined;
  readonly logger?: Logger | undefined;
}

const REF = 'refs/heads/';

/** Keeps one pull request for each thing that waits for people, and takes their approvals from there. */
export class ForgeSync implements PromoterObserver {
  readonly #options: ForgeSyncOptions;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #logger: Logger;
  readonly #budget: ForgeBudget;
  readonly #forge: Forge;
  #latest: Settled | undefined;
  #visit: Promise<void> | undefined;
  #nextAt = 0;
  #cancel = () => {};
  #closed = false;

  constructor(options: ForgeSyncOptions) {
    this.#options = options;
    this.#forge = new RememberingForge(options.forge);
    this.#clock = options.clock ?? systemClock;
    this.#timer = options.timer ?? systemTimer;
    this.#logger = options.logger ?? silentLogger;
    this.#budget = new ForgeBudget(this.#clock);
  }

  settled(settled: Settled): void {
    this.#latest = settled;
    this.#plan();
  }

  /**
   * Who wanted a Revision, by the name here: commits on a forge say whatever their maker typed. Undefined where the forge
   * does not know.
   *
   * @throws UnavailableError while the forge cannot be asked: a Release whose requester is not known could be approved
   *   by them
   */
  async requesterOf(revision: string): Promise<string | undefined> {
    const { name } = this.#forge;
    if (this.#budget.closed() > 0)
      throw new UnavailableError(`${name} cannot be asked now who brought ${revision}`);
    try {
      const [first] = await this.#forge.authors(revision);
      return first && this.#nameOf(first);
    } catch (error) {
      const until = error instanceof ForgeLimitedError ? error.until : this.#clock.now() + 15_000;
      this.#budget.closeUntil(until);
      throw error;
    }
  }

  /** Resolves when the visit that is under way has ended; there will be no other. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#visit;
  }

  #plan(): void {
    if (this.#closed || this.#visit !== undefined) return;
    this.#cancel();
    const wait = Math.max(this.#nextAt - this.#clock.now(), this.#budget.closed());
    this.#cancel = this.#timer.start(wait, () => {
      const seen = this.#latest;
      if (seen === undefined) return;
      this.#latest = undefined;
      this.#visit = this.visit(seen)
        .catch((error: unknown) => this.#failed(seen, error))
        .finally(() => {
          this.#visit = undefined;
          this.#nextAt = Math.max(this.#nextAt, this.#clock.now() + (this.#options.pause ?? 5_000));
          if (this.#latest !== undefined) this.#plan();
        });
    });
  }

  /** What fails is tried again with the same news, unless newer ones have come. */
  #failed(seen: Settled, error: unknown): void {
    if (error instanceof ForgeLimitedError) this.#budget.closeUntil(error.until);
    else this.#nextAt = this.#clock.now() + 30_000;
    this.#latest ??= seen;
    const { name } = this.#options.forge;
    this.#logger.warn('the forge could not be brought up to date', { forge: name, error: String(error) });
  }

  /** One visit: brings the forge in line with the verdicts, then reads who has approved. */
  async visit({ snapshot, verdicts }: Pick<Settled, 'snapshot' | 'verdicts'>): Promise<void> {
    const { environments } = this.#options;
    const forge = this.#forge;
    const byPullRequest = (name: string) => environments?.includes(name) ?? true;
    const proposals = proposalsOf(verdicts, snapshot.state.sets, byPullRequest);
    const branches = await this.#branches();
    if (proposals.length === 0 && branches.size === 0) return;
    const open = await forge.openPullRequests(PROPOSAL_PREFIX);
    const states: ProposalState[] = [];
    for (const proposal of proposals) states.push(await this.#stateOf(proposal, branches, open));
    for (const action of decideForgeActions(states, { open, branches })) {
      if (!(await this.#execute(action))) break;
    }
    for (const state of states) {
      const opened = open.find(
        ({ branch, commit }) => branch === state.proposal.branch && commit === state.commit,
      );
      const pullRequest = opened ?? (state.former?.state === 'merged' ? state.former : undefined);
      if (pullRequest?.commit === state.commit) await this.#readApprovals(state.proposal, pullRequest);
    }
  }

  async #branches(): Promise<ReadonlyMap<string, string>> {
    const refs = await this.#options.repository.listRefs(`${REF}${PROPOSAL_PREFIX}`);
    return new Map(refs.map(({ name, oid }) => [name.slice(REF.length), oid]));
  }

  async #stateOf(
    proposal: Proposal,
    branches: ReadonlyMap<string, string>,
    open: readonly PullRequest[],
  ): Promise<ProposalState> {
    const { repository } = this.#options;
    const forge = this.#forge;
    const head = await this.#base(proposal.environment);
    const branchAt = branches.get(proposal.branch);
    const { commit, empty } = await proposalCommit(repository, proposal, { head, existing: branchAt });
    const isOpen = open.some(
      (pullRequest) => pullRequest.branch === proposal.branch && pullRequest.commit === commit,
    );
    const looked = branchAt === commit && !isOpen && !empty;
    const former = looked ? await forge.latestPullRequest(proposal.branch) : undefined;
    const statuses = isOpen ? await forge.statuses(commit) : [];
    return { proposal, commit, empty, branchAt, former, statuses };
  }

  /** The commit of an environment branch. A pull request needs one, so the first gets an empty beginning. */
  async #base(environment: string): Promise<string> {
    const { repository } = this.#options;
    const ref = environmentRef(environment);
    const head = await repository.resolve(ref);
    if (head !== undefined) return head;
    const who = promoterSignature(this.#clock.now());
    const tree = await repository.editTree(undefined, new Map());
    const message = `begin ${environment}\n`;
    const to = repository.writeCommit({ tree, parents: [], author: who, committer: who, message });
    await repository.commitRefs([{ ref, from: undefined, to }], { reason: `begin ${environment}` });
    return to;
  }

  /** @returns false when the budget is used up or another replica acts, and nothing was done */
  async #execute(action: ForgeAction): Promise<boolean> {
    const forge = this.#forge;
    if (this.#options.mayAct?.() === false) return false;
    for (let call = 0; call < COST[action.type]; call += 1) {
      const wait = this.#budget.take();
      if (wait === 0) continue;
      this.#nextAt = this.#clock.now() + wait;
      this.#logger.info('the forge has to wait, the budget is used up', {
        forge: forge.name,
        milliseconds: wait,
      });
      return false;
    }
    await this.#carryOut(action);
    this.#logger.debug('told the forge', { forge: forge.name, action: action.type });
    return true;
  }

  async #carryOut(action: ForgeAction): Promise<void> {
    const forge = this.#forge;
    switch (action.type) {
      case 'close':
        await forge.comment(action.number, action.comment);
        return forge.close(action.number);
      case 'drop':
        return this.#move(action.branch, action.from, undefined);
      case 'open':
        if (action.from !== action.to) await this.#move(action.branch, action.from, action.to);
        return forge.open(action);
      case 'edit':
        return forge.edit(action.number, action);
      case 'status':
        return forge.setStatus(action.commit, action.status);
    }
  }

  async #move(branch: string, from: string | undefined, to: string | undefined): Promise<void> {
    const update = { ref: `${REF}${branch}`, from, to };
    await this.#options.repository.commitRefs([update], { reason: 'a proposal' });
  }

  async #readApprovals(proposal: Proposal, pullRequest: PullRequest): Promise<void> {
    const { book } = this.#options;
    const people = await this.#approversOf(pullRequest);
    if (people.length === 0) return;
    const excluded = await this.#authorsOf(proposal);
    for (const person of people.filter((name) => !excluded.has(name))) {
      const by = this.#nameOf(person);
      const comment = `${this.#forge.name} #${pullRequest.number}`;
      const at = new Date(this.#clock.now()).toISOString();
      const snapshot = await book.snapshot();
      if (isRecorded({ proposal, by }, snapshot.state)) continue;
      if (approvalOf({ proposal, by, at, comment }, snapshot) === undefined) continue;
      await book
        .record((current) => {
          const change = approvalOf({ proposal, by, at, comment }, current);
          if (change === undefined) throw new ConflictError(`${proposal.name} no longer waits for ${by}`);
          return change;
        })
        .catch(ignoreConflict);
    }
  }

  #nameOf(person: string): string {
    const { users = {} } = this.#options;
    return Object.hasOwn(users, person) ? (users[person] ?? person) : person;
  }

  /** A pull request that somebody merged by hand is one that they approve of. */
  async #approversOf(pullRequest: PullRequest): Promise<readonly string[]> {
    const reviewers = await this.#forge.approvals(pullRequest);
    const merged = pullRequest.state === 'merged' && pullRequest.mergedBy ? [pullRequest.mergedBy] : [];
    return [...new Set([...reviewers, ...merged])];
  }

  async #authorsOf({ members }: Proposal): Promise<ReadonlySet<string>> {
    const revisions = [...new Set(members.map(({ candidate }) => candidate.revision))];
    const authors = await Promise.all(revisions.map((revision) => this.#forge.authors(revision)));
    return new Set(authors.flat());
  }
}

function ignoreConflict(error: unknown): void {
  if (error instanceof ConflictError || error instanceof RefConflictError) return;
  throw error instanceof Error ? error : new UnavailableError(String(error));
}
