import type { PlacementView } from '@drydock/promoter';
import type { LiveFleet } from './doctor-context.ts';

/** One unit on one cluster, as the promoter sees it. */
export interface Placed {
  readonly unit: string;
  readonly environment: string;
  readonly placement: PlacementView;
}

/** Every unit on every cluster of a fleet. */
export async function placements(fleet: LiveFleet): Promise<readonly Placed[]> {
  const { rows } = await fleet.matrix();
  return rows.flatMap(({ unit, cells }) =>
    cells.flatMap(({ environment, placements: all }) =>
      all.map((placement) => ({ unit, environment, placement })),
    ),
  );
}
