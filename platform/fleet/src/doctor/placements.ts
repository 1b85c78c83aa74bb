import type { PlacementView } from '@drydock/promoter';
import type { LiveFleet } from './doctor-context.ts';

/** One unit on one cluster, as the promoter of its fleet sees it. */
export interface Placed {
  readonly provider: LiveFleet['provider'];
  readonly unit: string;
  readonly environment: string;
  readonly placement: PlacementView;
  /** `<unit> on <cluster>`, and the provider where more than one fleet runs. */
  readonly subject: string;
}

/** Every unit on every cluster of the fleets that run. */
export async function placements(live: readonly LiveFleet[]): Promise<readonly Placed[]> {
  const fleets = await Promise.all(live.map(async (fleet) => ({ fleet, view: await fleet.matrix() })));
  return fleets.flatMap(({ fleet: { provider }, view: { rows } }) =>
    rows.flatMap(({ unit, cells }) =>
      cells.flatMap(({ environment, placements: all }) =>
        all.map((placement) => {
          const suffix = live.length > 1 ? ` (${provider})` : '';
          return {
            provider,
            unit,
            environment,
            placement,
            subject: `${unit} on ${placement.cluster}${suffix}`,
          };
        }),
      ),
    ),
  );
}
