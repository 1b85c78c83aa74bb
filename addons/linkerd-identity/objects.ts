import { type AddonObjects, LinkerdIdentity } from '@drydock/constructs';

/** Trust anchor, issuer, trust roots and webhook certificates, made in the cluster. */
export const objects: AddonObjects = (scope) => {
  new LinkerdIdentity(scope, 'identity');
};
