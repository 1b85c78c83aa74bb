import { Construct, k8s } from '../cdk8s.ts';
import { CERTIFICATE_NAMESPACE, certificate, SELF_SIGNED } from './certificates.ts';
import { customObject } from './custom-object.ts';

const NAMESPACE = 'linkerd';
const ANCHOR = 'linkerd-trust-anchor';
const WEBHOOKS = ['linkerd-proxy-injector', 'linkerd-sp-validator', 'linkerd-policy-validator'] as const;

/**
 * Everything secret that Linkerd needs, made in the cluster
 * (https://linkerd.io/2/tasks/automatically-rotating-control-plane-tls-credentials/): trust anchor, identity issuer,
 * trust roots for its control plane, and certificates of its webhooks.
 */
export class LinkerdIdentity extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: NAMESPACE, labels: { 'linkerd.io/is-control-plane': 'true' } },
    });
    this.#addAnchor();
    this.#addIssuer();
    for (const name of WEBHOOKS) {
      const dnsNames = [`${name}.${NAMESPACE}.svc`];
      certificate(this, {
        name,
        namespace: NAMESPACE,
        issuer: ANCHOR,
        secretName: `${name}-k8s-tls`,
        dnsNames,
      });
    }
  }

  #addAnchor(): void {
    certificate(this, {
      name: ANCHOR,
      namespace: CERTIFICATE_NAMESPACE,
      issuer: SELF_SIGNED,
      commonName: 'root.linkerd.cluster.local',
      isCa: true,
      duration: '8760h',
      renewBefore: '7320h',
    });
    customObject(
      this,
      'cert-manager.io/v1 ClusterIssuer',
      { name: ANCHOR },
      { spec: { ca: { secretName: ANCHOR } } },
    );
  }

  #addIssuer(): void {
    certificate(this, {
      name: 'linkerd-identity-issuer',
      namespace: NAMESPACE,
      issuer: ANCHOR,
      commonName: 'identity.linkerd.cluster.local',
      dnsNames: ['identity.linkerd.cluster.local'],
      isCa: true,
      duration: '48h',
      renewBefore: '25h',
    });
    customObject(
      this,
      'trust.cert-manager.io/v1alpha1 Bundle',
      { name: 'linkerd-identity-trust-roots' },
      {
        spec: {
          sources: [{ secret: { name: ANCHOR, key: 'tls.crt' } }],
          target: {
            configMap: { key: 'ca-bundle.crt' },
            namespaceSelector: { matchLabels: { 'linkerd.io/is-control-plane': 'true' } },
          },
        },
      },
    );
  }
}
