import { type AddonObjects, BEFORE_CHART, customObject } from '@drydock/constructs';

/** The database of the portal; its operator makes the Secret `portal-db-app`. */
export const objects: AddonObjects = (scope, { addon: { namespace } }) => {
  customObject(
    scope,
    'postgresql.cnpg.io/v1 Cluster',
    { name: 'portal-db', namespace, annotations: BEFORE_CHART },
    {
      spec: {
        instances: 1,
        storage: { size: '2Gi' },
        bootstrap: { initdb: { database: 'portal', owner: 'portal' } },
      },
    },
  );
};
