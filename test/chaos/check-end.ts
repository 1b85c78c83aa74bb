import type { Repository } from '@drydock/git';
import { decide } from '../../platform/promoter/src/decide/decide.ts';
import { type Snapshot, SnapshotReader } from '../../platform/promoter/src/snapshot.ts';
import { sketchFiles } from '../../platform/promoter/src/testing/sketch.ts';
import type { Backend } from './backend.ts';
import { filesAt, movesOf } from './facts.ts';
import { look } from './heal.ts';
import type { Simulation } from './simulation.ts';
import { CLUSTERS } from './strategy.ts';

/** What must be so when everything has come to rest. */
export async function checkEnd(simulation: Simulation, backend: Backend): Promise<void> {
  await checkArrived(simulation);
  await checkAudit(simulation);
  await checkRebuilt(simulation, await backend.clone());
}

/** Every cluster has what main says, to the byte, and nothing else. */
async function checkArrived(simulation: Simulation): Promise<void> {
  const { repository, sketch } = simulation;
  for (const [environment, clusters] of Object.entries(CLUSTERS)) {
    const head = await repository.resolve(`refs/heads/env/${environment}`);
    const files = [...(await filesAt(repository, head))].filter(([path]) => !path.startsWith('.drydock/'));
    const contents = await repository.readBlobs(files.map(([, oid]) => oid));
    const found = new Map(files.map(([path], index) => [path, String(contents[index])]));
    const wanted = new Map<string, string>();
    for (const [unit, { content, targets }] of Object.entries(sketch.units)) {
      for (const cluster of clusters.filter((name) => targets[environment]?.includes(name))) {
        for (const [path, text] of Object.entries(sketchFiles(unit, content)))
          wanted.set(`${cluster}/${path}`, text);
      }
    }
    const wrong = [...new Set([...found.keys(), ...wanted.keys()])].filter(
      (path) => found.get(path) !== wanted.get(path),
    );
    if (wrong.length > 0) simulation.violated(`lost on the way to ${environment}: ${wrong.join(', ')}`);
  }
}

/** The branches themselves tell everything that happened, once and in order. */
async function checkAudit({ repository, oracle, violated }: Simulation): Promise<void> {
  for (const environment of Object.keys(CLUSTERS)) {
    const told: string[] = [];
    let next = await repository.resolve(`refs/heads/env/${environment}`);
    while (next !== undefined) {
      const commit = await repository.readCommit(next);
      told.unshift(...movesOf(commit.message).map(({ promotion }) => promotion));
      next = commit.parents[0];
    }
    if (told.join() !== oracle.promotions(environment).join())
      violated(`the history of ${environment} has gaps`);
  }
}

/** Who starts from a clone sees and decides the same as who was there all the time. */
async function checkRebuilt(simulation: Simulation, clone: Repository): Promise<void> {
  const { world, time } = simulation;
  const reader = new SnapshotReader(clone, simulation.readFleet);
  const rebuilt = fingerprint(await reader.read(world.reports(), new Map(), time.now()));
  if (fingerprint(await look(simulation)) !== rebuilt) simulation.violated('a clone sees something else');
  for (const process of simulation.alive()) {
    const pending = process.promoter.snapshot();
    await simulation.rest();
    if (fingerprint(await pending) !== rebuilt)
      simulation.violated(`${process.name} sees something else than a clone`);
  }
}

function fingerprint(snapshot: Snapshot): string {
  const { records, releases, state, revision } = snapshot;
  const plain = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
  return JSON.stringify([decide(snapshot), records, releases, state, revision], plain);
}
