import { FILE_MODE, MemoryRepository, type TreeEdit } from '@drydock/git';
import type { FleetModel } from '@drydock/model';
import { decide } from '../../decide/decide.ts';
import { NOW, Scenario } from '../../decide/testing/scenario.ts';
import { recordPath } from '../../environments/record.ts';
import type { Release } from '../../releases/release.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { ReleaseSet } from '../../state/state.ts';
import { StateStore } from '../../state/state-store.ts';
import { ForgeSync, type ForgeSyncOptions } from '../forge-sync.ts';
import { ForgeWorld } from './forge-world.ts';
import { WorldForge } from './world-forge.ts';

const WHO = { name: 'tester', email: 'tester@example.com', at: NOW };
const PROD = 'refs/heads/env/prod';
const ENVIRONMENTS = [
  { name: 'dev' },
  { name: 'prod', after: ['dev'], gates: [{ type: 'approval' as const }] },
];

/**
 * A repository in memory in which Releases wait for an approval to enter `prod`, a forge that sees what is pushed, and a
 * {@link ForgeSync} between them.
 */
export class Harbor {
  readonly world = new ForgeWorld();
  readonly forge = new WorldForge(this.world, () => this.#show());
  readonly repository = new MemoryRepository();
  readonly state = new StateStore(this.repository);
  readonly scenario: Scenario;
  sets: readonly ReleaseSet[] = [];
  now = NOW;
  sync = this.#sync({});

  constructor(environments: ConstructorParameters<typeof Scenario>[0] = ENVIRONMENTS) {
    this.scenario = new Scenario(environments, { dev: ['dev-1'], prod: ['prod-1'] });
  }

  /** Forgets what was remembered, as a new process does. */
  restart(options: Partial<ForgeSyncOptions> = {}): void {
    this.sync = this.#sync(options);
  }

  /** What stands on the environment branch: the Unit's Release of that number. */
  async stands(sequence: number, unit = 'app'): Promise<void> {
    const edits = new Map<string, TreeEdit>([
      [`prod-1/units/${unit}/app.yaml`, this.#file(`${unit} ${sequence}\n`)],
      [recordPath(unit), this.#file(`{"sequence":${sequence}}\n`)],
    ]);
    const from = await this.repository.resolve(PROD);
    const base = from && (await this.repository.readCommit(from)).tree;
    const tree = await this.repository.editTree(base, edits);
    const parents = from === undefined ? [] : [from];
    const to = this.repository.writeCommit({
      tree,
      parents,
      author: WHO,
      committer: WHO,
      message: `${unit}\n`,
    });
    await this.repository.commitRefs([{ ref: PROD, from, to }], { reason: 'test' });
  }

  /** One visit to the forge. */
  async visit(): Promise<void> {
    const snapshot = await this.snapshot();
    await this.sync.visit({ snapshot, verdicts: decide(snapshot) });
    await this.#show();
  }

  async snapshot(): Promise<Snapshot> {
    const input = this.scenario.input(this.now);
    const releases = await Promise.all(
      [...input.releases].map(
        async ([unit, list]) => [unit, await Promise.all(list.map((r) => this.#stored(r)))] as const,
      ),
    );
    const access = [
      { user: 'ada', role: 'approver' },
      { user: 'pusher', role: 'approver' },
    ];
    return {
      ...input,
      releases: new Map(releases),
      state: { ...(await this.state.load()).state, sets: this.sets },
      fleet: { access } as unknown as FleetModel,
      revision: undefined,
      heads: [],
      guards: [],
    };
  }

  #sync(options: Partial<ForgeSyncOptions>): ForgeSync {
    const { forge, repository, state } = this;
    return new ForgeSync({
      forge,
      repository,
      clock: { now: () => this.now },
      book: {
        snapshot: () => this.snapshot(),
        record: async (change) => {
          const snapshot = await this.snapshot();
          await state.update(
            (current) => change({ ...snapshot, state: { ...current, sets: this.sets } }),
            this.now,
          );
        },
      },
      ...options,
    });
  }

  /** The forge shows branches as they were pushed; a pull request of a branch that is gone closes. */
  async #show(): Promise<void> {
    const refs = await this.repository.listRefs('refs/heads/promote/');
    this.world.branches.clear();
    for (const { name, oid } of refs) this.world.branches.set(name.slice('refs/heads/'.length), oid);
    for (const pull of this.world.pulls.filter(({ state }) => state === 'open')) {
      const commit = this.world.branches.get(pull.branch);
      if (commit === undefined) pull.state = 'closed';
      else pull.commit = commit;
    }
  }

  async #stored(release: Release): Promise<Release> {
    const { unit, sequence } = release;
    const edits = new Map([[`prod/prod-1/units/${unit}/app.yaml`, this.#file(`${unit} ${sequence}\n`)]]);
    return { ...release, tree: await this.repository.editTree(undefined, edits) };
  }

  #file(text: string): TreeEdit {
    return { mode: FILE_MODE, oid: this.repository.writeBlob(text) };
  }
}
