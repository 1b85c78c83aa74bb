import { FILE_MODE, type Repository } from '@drydock/git';
import { environmentSchema, type FleetModel, type Grant } from '@drydock/model';
import { z } from 'zod';
import type { HydratedFleet, Hydrator } from '../hydrate/hydrator.ts';
import { personSignature } from '../signature.ts';
import type { FleetReader } from '../snapshot.ts';

const unitSchema = z.object({
  team: z.string().default('demo'),
  /** What its manifest says. */
  content: z.string(),
  /** Environment → clusters. */
  targets: z.record(z.string(), z.array(z.string())),
});

const sketchSchema = z.object({
  environments: z.array(environmentSchema),
  units: z.record(z.string(), unitSchema),
  access: z.array(z.custom<Grant>()).default([]),
});

/** A fleet in one file `fleet.json`, for tests that are about promotion and not about manifests. */
export type Sketch = z.infer<typeof sketchSchema>;
export type SketchInput = z.input<typeof sketchSchema>;

const FILE = 'fleet.json';
const MAIN = 'refs/heads/main';

/** Reads a sketch as the fleet that a promoter works with. */
export const readSketch: FleetReader = async (repository, revision) =>
  fleetOf(await sketchAt(repository, revision));

/** Hydrates sketches: each Unit becomes one manifest and one delivery object on each cluster. */
export function sketchHydrator(repository: Repository): Hydrator {
  return { hydrate: async (revision) => hydrate(await sketchAt(repository, revision)) };
}

/** The files that a sketch puts below the folder of a cluster for a Unit. */
export function sketchFiles(unit: string, content: string): Readonly<Record<string, string>> {
  return { [`delivery/${unit}.yaml`]: `unit: ${unit}\n`, [`units/${unit}/content.yaml`]: content };
}

export interface PushSketch {
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly message?: string | undefined;
}

/** Commits a sketch to `main`. @returns the Revision */
export async function pushSketch(
  repository: Repository,
  sketch: SketchInput,
  { by, now, message = 'change the fleet' }: PushSketch,
): Promise<string> {
  const from = await repository.resolve(MAIN);
  const oid = repository.writeBlob(`${JSON.stringify(sketch, undefined, 2)}\n`);
  const tree = await repository.editTree(undefined, new Map([[FILE, { mode: FILE_MODE, oid }]]));
  const who = personSignature(by, now);
  const parents = from === undefined ? [] : [from];
  const to = repository.writeCommit({ tree, parents, author: who, committer: who, message: `${message}\n` });
  const { name, email } = who;
  await repository.commitRefs([{ ref: MAIN, from, to }], { reason: message, identity: { name, email } });
  return to;
}

async function sketchAt(repository: Repository, revision: string): Promise<Sketch> {
  return sketchSchema.parse(JSON.parse(String(await repository.readFile(`${revision}:${FILE}`))));
}

function hydrate({ units }: Sketch): HydratedFleet {
  return {
    fleetFiles: { 'fleet.yaml': 'kind: Fleet\n' },
    units: Object.entries(units).flatMap(([unit, { team, content, targets }]) =>
      Object.entries(targets).flatMap(([environment, clusters]) =>
        clusters.map((cluster) => {
          const files = sketchFiles(unit, content);
          return { unit, kind: 'Application' as const, team, environment, cluster, files };
        }),
      ),
    ),
  };
}

function fleetOf({ environments, access }: Sketch): FleetModel {
  const nothing = {
    clusters: [],
    addons: [],
    applications: [],
    teams: [],
    policies: { registries: [], signatures: [] },
  };
  return {
    name: 'sketch',
    repository: 'http://git.example.com/sketch.git',
    environments,
    access,
    ...nothing,
  };
}
