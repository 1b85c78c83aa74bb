import type { DecisionInput } from './decide/decision-input.ts';
import type { Placed } from './delivery/delivery-engine.ts';

/**
 * The Units on clusters whose delivery engine still speaks of an older commit than the one that moved them, for
 * example because the promoter was killed between moving the branch and asking for a refresh.
 */
export function staleUnits(
  input: Pick<DecisionInput, 'records' | 'observations' | 'now'>,
): readonly Placed[] {
  return [...input.records.values()].flatMap((records) =>
    [...records.values()].flatMap(({ unit, clusters }) =>
      Object.entries(clusters)
        .filter(([cluster, active]) => {
          const seen = input.observations.get(cluster)?.get(unit);
          const fresh = input.now - Date.parse(active.since) < PATIENCE;
          return !fresh && seen?.revision !== undefined && seen.promotion !== active.promotion;
        })
        .map(([cluster]) => ({ unit, cluster })),
    ),
  );
}

/** Milliseconds that a delivery engine has before it is asked once more. */
const PATIENCE = 5_000;
