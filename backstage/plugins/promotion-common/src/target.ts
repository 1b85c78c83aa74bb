/** What a promotion permission is about: an environment, or a unit in it. */
export interface PromotionTarget {
  readonly environment: string;
  readonly unit?: string;
  /** Owner of the unit; an addon has none. */
  readonly team?: string;
}

/** The resource ref of a target in the permission system: `prod`, or `prod/checkout`. */
export function stringifyTargetRef(target: Pick<PromotionTarget, 'environment' | 'unit'>): string {
  return target.unit === undefined ? target.environment : `${target.environment}/${target.unit}`;
}

/** Reads what {@link stringifyTargetRef} has written. */
export function parseTargetRef(ref: string): Pick<PromotionTarget, 'environment' | 'unit'> {
  const [environment = '', unit] = ref.split('/');
  return unit === undefined ? { environment } : { environment, unit };
}
