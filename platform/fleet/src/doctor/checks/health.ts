import type { PlacementView } from '@drydock/promoter';
import type { Check } from '../check.ts';
import type { Finding, Severity } from '../finding.ts';
import { placements } from '../placements.ts';

const SEVERITIES: Readonly<Record<PlacementView['health'], Severity | undefined>> = {
  Healthy: undefined,
  Suspended: 'info',
  Progressing: 'info',
  Unknown: 'warning',
  Missing: 'error',
  Degraded: 'error',
};

/** Health of every unit where it is active, as its delivery engine reports it. */
export const healthCheck: Check = {
  name: 'health',
  title: 'health of addons and applications',
  codes: ['DRY140'],
  live: true,
  async run({ live }) {
    const all = await Promise.all(live.map(placements));
    return all.flat().flatMap(({ unit, environment, placement }): readonly Finding[] => {
      const severity = SEVERITIES[placement.health];
      if (severity === undefined) return [];
      const found = `${placement.health}${placement.message === undefined ? '' : `: ${placement.message}`}`;
      const subject = `${unit} on ${placement.cluster}`;
      return [
        {
          code: 'DRY140',
          severity,
          subject,
          found,
          remedy: `drydock status ${unit}; drydock rollback ${unit} ${environment}`,
        },
      ];
    });
  },
};
