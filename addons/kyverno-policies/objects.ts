import { type AddonObjects, KyvernoPolicies } from '@drydock/constructs';

/** The rules of the fleet, the same that are checked before promotion. */
export const objects: AddonObjects = (scope, { fleet }) => {
  new KyvernoPolicies(scope, 'policies', fleet.policies);
};
