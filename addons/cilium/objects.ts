import { type AddonObjects, CiliumBaseline } from '@drydock/constructs';

/** Default deny for everything that runs in a namespace of an application. */
export const objects: AddonObjects = (scope) => {
  new CiliumBaseline(scope, 'baseline');
};
