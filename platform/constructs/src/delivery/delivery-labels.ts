import type { Cluster, Unit } from '@drydock/model';
import { unitLabels } from '../labels.ts';

/** The labels by which the delivery objects of a unit are found again. */
export function deliveryLabels(unit: Unit, cluster: Cluster): Record<string, string> {
  return {
    ...unitLabels(unit),
    'drydock.dev/unit': unit.name,
    'drydock.dev/cluster': cluster.name,
    'drydock.dev/environment': cluster.environment,
    ...(unit.kind === 'Application' ? { 'drydock.dev/team': unit.team } : { 'drydock.dev/addon': unit.name }),
  };
}
