import { approve } from '../../platform/promoter/src/commands/approve.ts';
import { thaw } from '../../platform/promoter/src/commands/freeze.ts';
import { releaseHold } from '../../platform/promoter/src/commands/hold.ts';
import { findTarget } from '../../platform/promoter/src/commands/target.ts';
import { decide } from '../../platform/promoter/src/decide/decide.ts';
import { type Snapshot, SnapshotReader } from '../../platform/promoter/src/snapshot.ts';
import type { Simulation } from './simulation.ts';
import { APPROVERS, CLUSTERS } from './strategy.ts';

const ROUNDS = 60;
const ROUND = 15 * 60_000;

/**
 * Takes every obstacle away: all clusters are healthy and say so, nothing is held or frozen, everything is approved.
 * Then each Unit must come to be everywhere what main says. What does not was lost on the way.
 */
export async function heal(simulation: Simulation): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    simulation.time.pass(ROUND);
    await simulation.rest();
    for (const [environment, clusters] of Object.entries(CLUSTERS)) {
      for (const cluster of clusters) await simulation.sync(cluster, environment);
    }
    simulation.tell(simulation.alive());
    await simulation.rest();
    const snapshot = await look(simulation);
    clearTheWay(simulation, snapshot);
    await simulation.rest();
    const main = await simulation.repository.resolve('refs/heads/main');
    if (snapshot.revision === main && isDone(snapshot)) return;
  }
  const waiting = decide(await look(simulation)).filter(
    ({ action }) => action !== 'current' && action !== 'none',
  );
  const lines = waiting.map(({ unit, environment, action, reasons }) => {
    const why = reasons.map(({ message }) => message).join('; ');
    return `${unit} in ${environment}: ${action} (${why})`;
  });
  simulation.violated(`it never got where it should: ${lines.join(' | ')}`);
}

/** What a promoter that has just been started would see. */
export function look(simulation: Simulation): Promise<Snapshot> {
  const reader = new SnapshotReader(simulation.repository, simulation.readFleet);
  return reader.read(simulation.world.reports(), new Map(), simulation.time.now());
}

function clearTheWay(simulation: Simulation, snapshot: Snapshot): void {
  const process = simulation.alive()[0];
  const { holds, freezes } = snapshot.state;
  for (const environment of freezes.keys())
    void process?.decide((now) => thaw(now.state, environment, 'otto'));
  for (const [environment, units] of holds) {
    for (const unit of units.keys())
      void process?.decide((now) => releaseHold(now.state, findTarget(now, unit, environment), 'otto'));
  }
  for (const { unit, environment, gates } of decide(snapshot)) {
    if (!gates.some(({ type, phase }) => type === 'approval' && phase === 'pending')) continue;
    for (const by of APPROVERS)
      void process?.decide((now, at) => approve(findTarget(now, unit, environment), { by, at }));
  }
}

function isDone(snapshot: Snapshot): boolean {
  const { holds, freezes } = snapshot.state;
  const held = [...holds.values()].some((units) => units.size > 0);
  const still = decide(snapshot).every(({ action }) => action === 'current' || action === 'none');
  return still && !held && freezes.size === 0;
}
