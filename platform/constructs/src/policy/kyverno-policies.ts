import type { JsonObject, Policies } from '@drydock/model';
import { Construct } from '../cdk8s.ts';
import { customObject } from '../platform/custom-object.ts';
import { fleetPolicies } from './fleet-policies.ts';
import { APPLICATION_NAMESPACES } from './fleet-policy.ts';

const KIND = 'kyverno.io/v1 ClusterPolicy';

/** The rules of the fleet as ClusterPolicies, and what every new namespace of an application gets. */
export class KyvernoPolicies extends Construct {
  constructor(scope: Construct, id: string, policies: Policies) {
    super(scope, id);
    for (const { name, description, rules } of fleetPolicies(policies)) {
      const annotations = { 'policies.kyverno.io/description': description };
      customObject(this, KIND, { name, annotations }, { spec: { background: true, rules } });
    }
    if (policies.signatures.length > 0) this.#addSignatures(policies.signatures);
    this.#addNamespaceDefaults();
  }

  /** https://kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore/: keyless signatures of cosign. */
  #addSignatures(signatures: Policies['signatures']): void {
    const match = { any: [{ resources: { kinds: ['Pod'], namespaceSelector: APPLICATION_NAMESPACES } }] };
    const rules = signatures.map(({ images, issuer, subject }, index) => ({
      name: `signed-${index + 1}`,
      match,
      verifyImages: [
        {
          imageReferences: [images],
          failureAction: 'Enforce',
          attestors: [
            { entries: [{ keyless: { issuer, subject, rekor: { url: 'https://rekor.sigstore.dev' } } }] },
          ],
        },
      ],
    }));
    customObject(
      this,
      KIND,
      { name: 'signed-images' },
      { spec: { background: false, webhookTimeoutSeconds: 30, rules } },
    );
  }

  #addNamespaceDefaults(): void {
    const rules = [
      generateRule('default-network-policy', 'networking.k8s.io/v1 NetworkPolicy', {
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      }),
      generateRule('default-quota', 'v1 ResourceQuota', {
        spec: {
          hard: { 'requests.cpu': '8', 'requests.memory': '16Gi', 'limits.memory': '32Gi', pods: '100' },
        },
      }),
    ];
    customObject(this, KIND, { name: 'namespace-defaults' }, { spec: { background: true, rules } });
  }
}

/** https://kyverno.io/docs/policy-types/cluster-policy/generate/: made for each new namespace, kept as it was made. */
function generateRule(name: string, type: string, data: JsonObject): JsonObject {
  const [apiVersion = '', kind = ''] = type.split(' ');
  return {
    name,
    match: { any: [{ resources: { kinds: ['Namespace'], selector: APPLICATION_NAMESPACES } }] },
    generate: {
      apiVersion,
      kind,
      name: name === 'default-network-policy' ? 'kyverno-default-deny' : 'kyverno-default-quota',
      namespace: '{{ request.object.metadata.name }}',
      synchronize: true,
      data,
    },
  };
}
