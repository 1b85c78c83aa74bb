import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, FILE_MODE, openRepository, type RefUpdate, type Repository } from '@drydock/git';
import type { FleetModel } from '@drydock/model';
import { decide } from '../../platform/promoter/src/decide/decide.ts';
import { execute } from '../../platform/promoter/src/execute/execute.ts';
import { HYDRATED_REF, hydrateRevision } from '../../platform/promoter/src/hydrate/hydrate-revision.ts';
import { type FleetReader, SnapshotReader } from '../../platform/promoter/src/snapshot.ts';
import { FakeDelivery, healthyAt } from '../../platform/promoter/src/testing/fake-delivery.ts';
import {
  pushSketch,
  readSketch,
  type SketchInput,
  sketchFiles,
  sketchHydrator,
} from '../../platform/promoter/src/testing/sketch.ts';

const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

/** A repository with many Units, and the parts of a promoter that work on it. */
export class PromoteFleet {
  readonly repository: Repository;
  readonly reader: SnapshotReader;
  readonly delivery = new FakeDelivery();
  readonly #folder: string;
  #fleet: FleetModel | undefined;
  readonly #units: number;

  private constructor(folder: string, repository: Repository, units: number) {
    this.#folder = folder;
    this.repository = repository;
    this.reader = new SnapshotReader(repository, this.readFleet);
    this.#units = units;
  }

  static async create(units: number): Promise<PromoteFleet> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-promote-'));
    await createRepository(folder);
    const fleet = new PromoteFleet(folder, await openRepository(folder), units);
    await fleet.#pushAndHydrate();
    return fleet;
  }

  /** The fleet that another process has made in a folder. */
  static async open(folder: string, units: number): Promise<PromoteFleet> {
    return new PromoteFleet(folder, await openRepository(folder), units);
  }

  get folder(): string {
    return this.#folder;
  }

  /** Gives some Units a new Release, without a push: the benchmark is about what comes after. */
  async release(units: readonly number[]): Promise<void> {
    const { repository, reader } = this;
    const known = await reader.releases.list();
    const updates = units.map(async (unit) => {
      const newest = known.get(unitName(unit))?.[0];
      const sequence = (newest?.sequence ?? 0) + 1;
      const text = manifest(unit, sequence);
      const paths = ENVIRONMENTS.flatMap((name) =>
        Object.entries(sketchFiles(unitName(unit), text)).map(([path, content]) => {
          const oid = repository.writeBlob(content);
          return [`${name}/${name}/${path}`, { mode: FILE_MODE, oid }] as const;
        }),
      );
      const revision = createHash('sha1').update(`${unit} ${sequence}`).digest('hex');
      const tree = await repository.editTree(undefined, new Map(paths));
      const common = { kind: 'Application', team: 'demo', subject: 'change', requestedBy: 'bench' } as const;
      const createdAt = Date.now();
      return reader.releases.create({ ...common, unit: unitName(unit), revision, sequence, createdAt, tree });
    });
    await repository.commitRefs([...(await Promise.all(updates)), await this.#nextRevision()], {
      reason: 'bench',
    });
  }

  /** Another Revision with the same files. */
  async #nextRevision(): Promise<RefUpdate> {
    const from = (await this.repository.resolve(HYDRATED_REF)) ?? '';
    const last = await this.repository.readCommit(from);
    const to = this.repository.writeCommit({ ...last, parents: [from] });
    return { ref: HYDRATED_REF, from, to };
  }

  async #pushAndHydrate(): Promise<void> {
    const { repository } = this;
    const now = Date.now();
    const from = await repository.resolve(HYDRATED_REF);
    const revision = await pushSketch(repository, this.#sketch(), { by: 'bench', now });
    const common = { repository, releases: this.reader.releases, hydrator: sketchHydrator(repository) };
    await hydrateRevision({ ...common, revision, from, now });
  }

  /** One decision, carried out. */
  async promote(): Promise<{ readonly moved: number; readonly decided: number; readonly executed: number }> {
    const started = performance.now();
    const snapshot = await this.reader.read(this.delivery.observations(), new Map(), Date.now());
    const verdicts = decide(snapshot);
    const decided = performance.now();
    const promotions = await execute(this.repository, snapshot, verdicts, Date.now());
    const executed = performance.now();
    return { moved: promotions.length, decided: decided - started, executed: executed - decided };
  }

  /** Everything everywhere, and healthy. */
  async settle(): Promise<void> {
    for (const environment of ENVIRONMENTS) {
      await this.promote();
      await this.reportHealth(environment);
    }
  }

  /** All clusters of an Environment, or of all, are healthy with what they have. */
  async reportHealth(...environments: readonly string[]): Promise<void> {
    for (const environment of environments.length > 0 ? environments : ENVIRONMENTS) {
      const { commit = '', records } = await this.reader.environments.head(environment);
      for (const unit of records.keys())
        this.delivery.report({ cluster: environment, unit }, healthyAt(commit, 0));
    }
  }

  /** The fleet, parsed once: the benchmark is about promotion. */
  readonly readFleet: FleetReader = async (repository, revision) => {
    this.#fleet ??= await readSketch(repository, revision);
    return this.#fleet;
  };

  async remove(): Promise<void> {
    await this.repository.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #sketch(): SketchInput {
    const targets = Object.fromEntries(ENVIRONMENTS.map((name) => [name, [name]]));
    const units = Array.from(
      { length: this.#units },
      (_, unit) => [unitName(unit), { content: manifest(unit, 0), targets }] as const,
    );
    const environments = ENVIRONMENTS.map((name, index) => ({
      name,
      after: ENVIRONMENTS.slice(Math.max(index - 1, 0), index),
      gates: index === 0 ? [] : [{ type: 'health' as const }],
    }));
    return { environments, units: Object.fromEntries(units) };
  }
}

/** Name of a Unit by its number. */
export function unitName(unit: number): string {
  return `unit-${String(unit).padStart(5, '0')}`;
}

function manifest(unit: number, content: number): string {
  return `kind: Deployment\nmetadata:\n  name: ${unitName(unit)}\nspec:\n  image: example.com/app:${content}\n`;
}
