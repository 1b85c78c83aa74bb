import type { Unit } from '@drydock/model';

/** Labels on every object of a unit (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
export function unitLabels(unit: Unit): Record<string, string> {
  return {
    'app.kubernetes.io/name': unit.name,
    'app.kubernetes.io/part-of': ownerOf(unit),
    'app.kubernetes.io/managed-by': 'drydock',
  };
}

/** {@link unitLabels} of an application, by the facts that are known of it. */
export function applicationLabels({
  name,
  team,
}: {
  readonly name: string;
  readonly team: string;
}): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': team,
    'app.kubernetes.io/managed-by': 'drydock',
  };
}

/** Labels of the objects that belong to no unit but to the platform. */
export function platformLabels(name: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'platform',
    'app.kubernetes.io/managed-by': 'drydock',
  };
}

/** Who owns a unit: its team, or `platform` for an addon. */
export function ownerOf(unit: Unit): string {
  return unit.kind === 'Application' ? unit.team : 'platform';
}
