import type { Unit } from '@drydock/model';

/** Labels on every object of a unit (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
export function unitLabels(unit: Unit): Record<string, string> {
  return {
    'app.kubernetes.io/name': unit.name,
    'app.kubernetes.io/part-of': ownerOf(unit),
    'app.kubernetes.io/managed-by': 'drydock',
  };
}

/** Who owns a unit: its team, or `platform` for an addon. */
export function ownerOf(unit: Unit): string {
  return unit.kind === 'Application' ? unit.team : 'platform';
}
