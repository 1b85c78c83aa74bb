import { Construct } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';

/** Namespace in which cert-manager keeps the secrets of ClusterIssuers. */
export const CERTIFICATE_NAMESPACE = 'cert-manager';
/** The ClusterIssuer that signs itself; the root of everything else. */
export const SELF_SIGNED = 'selfsigned';
/** The ClusterIssuer for what is inside of the fleet. */
export const FLEET_CA = 'fleet-ca';

/** What a certificate is for. */
export interface CertificateProps {
  readonly name: string;
  readonly namespace: string;
  readonly issuer: string;
  /** @default 'ClusterIssuer' */
  readonly issuerKind?: 'Issuer' | 'ClusterIssuer';
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly isCa?: boolean;
  /** Name of the Secret. @default the name */
  readonly secretName?: string;
  /** @default '2160h' */
  readonly duration?: string;
  /** @default '720h' */
  readonly renewBefore?: string;
}

/** A cert-manager Certificate with an ECDSA key that is new at each renewal (https://cert-manager.io/docs/reference/api-docs/). */
export function certificate(scope: Construct, props: CertificateProps): void {
  const { name, namespace } = props;
  customObject(
    scope,
    'cert-manager.io/v1 Certificate',
    { name, namespace },
    {
      spec: {
        secretName: props.secretName ?? name,
        duration: props.duration ?? '2160h',
        renewBefore: props.renewBefore ?? '720h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        issuerRef: {
          group: 'cert-manager.io',
          kind: props.issuerKind ?? 'ClusterIssuer',
          name: props.issuer,
        },
        ...(props.isCa === true ? { isCA: true } : {}),
        ...(props.commonName === undefined ? {} : { commonName: props.commonName }),
        ...(props.dnsNames === undefined ? {} : { dnsNames: props.dnsNames }),
      },
    },
  );
}

/** The issuers of a cluster: a self-signed root, and the CA `fleet-ca` under it. */
export class FleetIssuers extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    customObject(
      this,
      'cert-manager.io/v1 ClusterIssuer',
      { name: SELF_SIGNED },
      { spec: { selfSigned: {} } },
    );
    certificate(this, {
      name: FLEET_CA,
      namespace: CERTIFICATE_NAMESPACE,
      issuer: SELF_SIGNED,
      commonName: FLEET_CA,
      isCa: true,
      duration: '87600h',
      renewBefore: '8760h',
    });
    customObject(
      this,
      'cert-manager.io/v1 ClusterIssuer',
      { name: FLEET_CA },
      { spec: { ca: { secretName: FLEET_CA } } },
    );
  }
}
