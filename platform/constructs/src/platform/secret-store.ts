import { Construct } from '../cdk8s.ts';
import { customObject } from './custom-object.ts';

/** The ClusterSecretStore that every ExternalSecret of the fleet reads from. */
export const SECRET_STORE = 'openbao';

/** Where OpenBao is, and how a cluster logs in. */
export interface SecretStoreProps {
  readonly server: string;
  /** Path of the Kubernetes auth mount of the cluster. */
  readonly authMount: string;
}

/** The ClusterSecretStore for OpenBao, which speaks Vault's API (https://external-secrets.io/latest/provider/openbao/). */
export class SecretStore extends Construct {
  constructor(scope: Construct, id: string, { server, authMount }: SecretStoreProps) {
    super(scope, id);
    customObject(
      this,
      'external-secrets.io/v1 ClusterSecretStore',
      { name: SECRET_STORE },
      {
        spec: {
          provider: {
            vault: {
              server,
              path: 'secret',
              version: 'v2',
              auth: {
                kubernetes: {
                  mountPath: authMount,
                  role: 'external-secrets',
                  serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' },
                },
              },
            },
          },
        },
      },
    );
  }
}

/** Which keys of the store become which keys of a Secret. */
export interface ExternalSecretProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Key of the Secret → place in the store. */
  readonly data: Readonly<Record<string, { readonly key: string; readonly property: string }>>;
  /** Type of the Secret. @default 'Opaque' */
  readonly type?: string;
}

/** An ExternalSecret: it says where values are, never what they are. */
export function externalSecret(scope: Construct, props: ExternalSecretProps): void {
  const { name, namespace, labels = {}, annotations = {} } = props;
  customObject(
    scope,
    'external-secrets.io/v1 ExternalSecret',
    { name, namespace, labels, annotations },
    {
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: SECRET_STORE },
        target: {
          name,
          creationPolicy: 'Owner',
          ...(props.type === undefined ? {} : { template: { type: props.type } }),
        },
        data: Object.entries(props.data).map(([secretKey, { key, property }]) => ({
          secretKey,
          remoteRef: { key, property },
        })),
      },
    },
  );
}
