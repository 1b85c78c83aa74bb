import type { Check } from '../check.ts';
import { placements } from '../placements.ts';

/** A change is on its way for this long before it counts as drift. */
const GRACE = 120_000;

/**
 * Units whose live state does not equal their environment branch although they had the time to. What no engine knows of is
 * left to the check of health.
 */
export const driftCheck: Check = {
  name: 'drift',
  title: 'live state against git',
  codes: ['DRY141'],
  live: true,
  async run({ live, now }) {
    const drifted = (await placements(live)).filter(
      ({ placement }) =>
        !placement.synced && placement.health !== 'Unknown' && now - Date.parse(placement.since) > GRACE,
    );
    return drifted.map(({ unit, environment, placement, subject }) => ({
      code: 'DRY141',
      severity: 'warning' as const,
      subject,
      found: `live state does not equal env/${environment}${placement.message === undefined ? '' : `: ${placement.message}`}`,
      remedy: `drydock status ${unit} tells what the delivery engine says`,
    }));
  },
};
