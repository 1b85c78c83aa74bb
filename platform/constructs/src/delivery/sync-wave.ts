import type { FleetModel, Unit } from '@drydock/model';

/** How many units in a row must be ready before this one: 0 without `dependsOn`, else one more than the deepest. */
export function syncWave(fleet: FleetModel, unit: Unit): number {
  const waves = unit.dependsOn.map((name) => {
    const needed = findUnit(fleet, name);
    return needed === undefined ? 0 : syncWave(fleet, needed) + 1;
  });
  return Math.max(0, ...waves);
}

function findUnit(fleet: FleetModel, name: string): Unit | undefined {
  return (
    fleet.addons.find((addon) => addon.name === name) ?? fleet.applications.find((one) => one.name === name)
  );
}
