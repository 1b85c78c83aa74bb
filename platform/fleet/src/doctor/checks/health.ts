import type { PlacementView } from '@drydock/promoter';
import type { Check } from '../check.ts';
import type { Finding, Severity } from '../finding.ts';
import { type Placed, placements } from '../placements.ts';

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
  run: async ({ live }) => (await placements(live)).flatMap(healthFinding),
};

function healthFinding(placed: Placed): readonly Finding[] {
  const { placement, subject } = placed;
  const severity = severityOf(placed);
  if (severity === undefined) return [];
  const found = `${placement.health}${placement.message === undefined ? '' : `: ${placement.message}`}`;
  return [{ code: 'DRY140', severity, subject, found, remedy: remedyOf(placed, severity) }];
}

/** An embedded fleet installs no charts and says so: that is as it should be. */
function severityOf({ provider, placement: { health } }: Placed): Severity | undefined {
  return provider === 'embedded' && health === 'Unknown' ? 'info' : SEVERITIES[health];
}

function remedyOf(
  { provider, unit, environment, placement: { health } }: Placed,
  severity: Severity,
): string {
  if (severity === 'error') return `drydock rollback ${unit} ${environment}`;
  if (provider === 'embedded' && health === 'Unknown') return 'make kind-up installs what others have made';
  return `drydock status ${unit} --watch`;
}
