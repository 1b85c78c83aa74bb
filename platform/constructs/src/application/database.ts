import { type Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import { customObject } from '../platform/custom-object.ts';
import type { ApplicationFacts } from './application-facts.ts';
import { plainObject } from './plain-object.ts';
import { databaseName } from './pod-template.ts';

/**
 * A PostgreSQL cluster by CloudNativePG (https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/), whose
 * operator makes the Secret `<name>-db-app`, and its migrations by Atlas
 * (https://atlasgo.io/integrations/kubernetes/declarative).
 */
export function applicationDatabase(scope: Construct, facts: ApplicationFacts): void {
  const { database } = facts.workload;
  if (database === undefined) return;
  const { namespace } = facts;
  const name = databaseName(facts);
  const labels = applicationLabels(facts);
  const owner = facts.name.replaceAll('-', '_');
  const first = { 'argocd.argoproj.io/sync-wave': '-2' };
  customObject(
    scope,
    'postgresql.cnpg.io/v1 Cluster',
    { name, namespace, labels, annotations: first },
    {
      spec: {
        instances: database.instances,
        storage: { size: database.size },
        bootstrap: { initdb: { database: owner, owner } },
        enableSuperuserAccess: false,
        inheritedMetadata: { labels: { ...labels, 'app.kubernetes.io/name': name } },
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        seccompProfile: { type: 'RuntimeDefault' },
      },
    },
  );
  if (database.migrations === undefined) return;
  plainObject(
    scope,
    'migrations',
    k8s.KubeConfigMap.manifest({
      metadata: { name: `${name}-migrations`, namespace, labels, annotations: first },
      data: { ...database.migrations },
    }),
  );
  const second = { 'argocd.argoproj.io/sync-wave': '-1' };
  customObject(
    scope,
    'db.atlasgo.io/v1alpha1 AtlasMigration',
    { name, namespace, labels, annotations: second },
    {
      spec: {
        urlFrom: { secretKeyRef: { name: `${name}-app`, key: 'uri' } },
        dir: { configMapRef: { name: `${name}-migrations` } },
      },
    },
  );
}
