import { type AddonObjects, FleetIssuers } from '@drydock/constructs';

/** The issuers that gateways, webhooks and the mesh ask for certificates. */
export const objects: AddonObjects = (scope) => {
  new FleetIssuers(scope, 'issuers');
};
