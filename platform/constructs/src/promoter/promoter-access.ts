import { type Construct, k8s } from '../cdk8s.ts';
import type { PromoterFacts } from './promoter-facts.ts';

/**
 * What the promoter may do: keep its Lease and label its pods in its own namespace, read and refresh Applications in
 * that of Argo CD. Nothing else, and nothing in any other cluster.
 */
export function promoterAccess(scope: Construct, facts: PromoterFacts): void {
  const { name, namespace, argocdNamespace, labels } = facts;
  const metadata = { name, namespace, labels };
  new k8s.KubeServiceAccount(scope, 'account', { metadata, automountServiceAccountToken: false });
  role(scope, facts, {
    namespace,
    rules: [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        resourceNames: [name],
        verbs: ['get', 'update'],
      },
      { apiGroups: [''], resources: ['pods'], verbs: ['patch'] },
    ],
  });
  role(scope, facts, {
    namespace: argocdNamespace,
    rules: [
      { apiGroups: ['argoproj.io'], resources: ['applications'], verbs: ['get', 'list', 'watch', 'patch'] },
    ],
  });
}

function role(
  scope: Construct,
  { name, namespace: home, labels }: PromoterFacts,
  { namespace, rules }: { readonly namespace: string; readonly rules: k8s.PolicyRule[] },
): void {
  const metadata = { name, namespace, labels };
  new k8s.KubeRole(scope, `role-${namespace}`, { metadata, rules });
  new k8s.KubeRoleBinding(scope, `binding-${namespace}`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: home }],
  });
}
