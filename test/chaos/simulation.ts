import type { Repository } from '@drydock/git';
import type { FleetModel } from '@drydock/model';
import { pushSketch, readSketch, type SketchInput } from '../../platform/promoter/src/testing/sketch.ts';
import type { Backend } from './backend.ts';
import { Oracle } from './oracle.ts';
import { PromoterProcess } from './promoter-process.ts';
import type { Random } from './random.ts';
import { Turns } from './turns.ts';
import { VirtualTime } from './virtual-time.ts';
import { World } from './world.ts';

const START = Date.UTC(2026, 0, 5, 12);
/** Turns without coming to rest after which something must go round in circles. */
const RESTLESS = 200_000;

/** Many promoters on one repository, the clusters they look at, and somebody who watches. */
export class Simulation {
  readonly time = new VirtualTime(START);
  readonly turns: Turns;
  readonly world: World;
  readonly oracle: Oracle;
  readonly repository: Repository;
  readonly violations: string[] = [];
  readonly #backend: Backend;
  readonly #fleets = new Map<string, Promise<FleetModel>>();
  #processes: PromoterProcess[] = [];
  #started = 0;
  #sketch: SketchInput;

  private constructor(backend: Backend, repository: Repository, random: Random, sketch: SketchInput) {
    this.#backend = backend;
    this.repository = repository;
    this.turns = new Turns(random);
    this.world = new World(repository);
    this.oracle = new Oracle(repository, (what) => this.violated(what));
    this.#sketch = sketch;
  }

  static async create(backend: Backend, random: Random, sketch: SketchInput): Promise<Simulation> {
    const simulation = new Simulation(backend, await backend.open(), random, sketch);
    await simulation.push(sketch, 'anna');
    return simulation;
  }

  /** What is on main. */
  get sketch(): SketchInput {
    return this.#sketch;
  }

  violated(what: string): void {
    this.violations.push(what);
  }

  alive(): readonly PromoterProcess[] {
    return this.#processes.filter(({ alive }) => alive);
  }

  /** Keeps as many promoters running as there are to be: the dead ones come back as new processes. */
  async keepRunning(count: number): Promise<void> {
    this.#processes = [...this.alive()];
    while (this.#processes.length < count) this.#processes.push(await this.#startProcess());
  }

  async push(sketch: SketchInput, by: string): Promise<void> {
    this.#sketch = sketch;
    this.oracle.pushed(await pushSketch(this.repository, sketch, { by, now: this.time.now() }));
  }

  async sync(cluster: string, environment: string, random?: Random): Promise<void> {
    await this.world.sync(cluster, environment, this.time.now(), random);
  }

  /** News of the clusters, and of pushes, reaches some promoters. */
  tell(processes: readonly PromoterProcess[]): void {
    for (const process of processes) process.view.learn(this.world.reports());
  }

  /** Until nobody has anything to do for a second. */
  async rest(): Promise<void> {
    for (let given = 0; given < RESTLESS; given += 500) {
      if (await this.turns.give(500)) continue;
      const next = this.time.untilNextAlarm();
      if (next === undefined || next > 1_000) return;
      this.time.pass(next);
    }
    this.violated('it does not come to rest');
  }

  /** The fleet of a Revision, read once for all processes: it never changes. */
  readonly readFleet = (repository: Repository, revision: string): Promise<FleetModel> => {
    const known = this.#fleets.get(revision) ?? readSketch(repository, revision);
    this.#fleets.set(revision, known);
    return known;
  };

  async #startProcess(): Promise<PromoterProcess> {
    this.#started += 1;
    const process = new PromoterProcess({
      name: `promoter ${this.#started}`,
      repository: await this.#backend.open(),
      turns: this.turns,
      time: this.time,
      readFleet: this.readFleet,
      moved: ({ name, view, times }, updates) =>
        this.oracle.moved(updates, { name, reports: [...view.read], times: [...times] }),
      violated: (what) => this.violated(what),
    });
    process.view.learn(this.world.reports());
    return process;
  }
}
