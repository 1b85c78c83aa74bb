import { InputError } from '@drydock/model';
import { KubeConfig } from '@kubernetes/client-node';
import { fieldAt, type KubeObject, stringAt } from '../cluster/kube-object.ts';

/** The label and value that make a Secret a cluster ("Declarative Setup", section "Clusters"). */
export const clusterSecretLabel = 'argocd.argoproj.io/secret-type';

/** The address under which the hub itself is a destination. */
export const inClusterServer = 'https://kubernetes.default.svc';

/** One destination cluster as its Secret describes it. */
export interface ClusterEntry {
  readonly name: string;
  readonly server: string;
  /** The decoded `config`, holding credentials: never log it. */
  readonly config: string;
}

/** Reads a Secret as a cluster; `undefined` when it is none. */
export function parseClusterSecret(secret: KubeObject): ClusterEntry | undefined {
  if (secret.metadata.labels?.[clusterSecretLabel] !== 'cluster') return undefined;
  const decode = (field: string): string =>
    Buffer.from(stringAt(secret, 'data', field), 'base64').toString('utf8') ||
    stringAt(secret, 'stringData', field);
  const server = decode('server').replace(/\/$/, '');
  if (server === '') return undefined;
  return { name: decode('name') || server, server, config: decode('config') };
}

/**
 * The client configuration of a cluster: bearer token, basic auth, client certificate, CA or an exec plugin.
 *
 * @throws InputError when the config is not JSON or asks for a way to log in that is not supported
 */
export function kubeConfigOf(entry: ClusterEntry): KubeConfig {
  const config = parseConfig(entry);
  if (fieldAt(config, 'awsAuthConfig') !== undefined) {
    throw new InputError(
      `cluster "${entry.name}" wants awsAuthConfig, which the embedded agent does not support`,
    );
  }
  const tls = fieldAt(config, 'tlsClientConfig');
  const insecure = fieldAt(tls, 'insecure') === true;
  const result = new KubeConfig();
  result.loadFromClusterAndUser(
    {
      name: entry.name,
      server: entry.server,
      skipTLSVerify: insecure,
      ...optional('caData', stringAt(tls, 'caData')),
      ...optional('tlsServerName', stringAt(tls, 'serverName')),
    },
    {
      name: 'agent',
      ...optional('token', stringAt(config, 'bearerToken')),
      ...optional('username', stringAt(config, 'username')),
      ...optional('password', stringAt(config, 'password')),
      ...optional('certData', stringAt(tls, 'certData')),
      ...optional('keyData', stringAt(tls, 'keyData')),
      ...execOf(fieldAt(config, 'execProviderConfig')),
    },
  );
  return result;
}

function parseConfig(entry: ClusterEntry): unknown {
  try {
    return JSON.parse(entry.config || '{}');
  } catch {
    throw new InputError(`the config in the Secret of cluster "${entry.name}" is not JSON`);
  }
}

function execOf(exec: unknown): Record<string, unknown> {
  if (exec === undefined) return {};
  const env = Object.entries((fieldAt(exec, 'env') ?? {}) as object).map(([name, value]) => ({
    name,
    value,
  }));
  const { apiVersion, args, command } = exec as Record<string, unknown>;
  return { exec: { apiVersion, args, command, env, interactiveMode: 'Never' } };
}

function optional(name: string, value: string): Record<string, string> {
  return value === '' ? {} : { [name]: value };
}
