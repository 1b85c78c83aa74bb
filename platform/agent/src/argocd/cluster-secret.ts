import { InputError } from '@drydock/model';
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
 * The kubeconfig of a cluster: bearer token, basic auth, client certificate, CA or an exec plugin.
 *
 * @throws InputError when the config is not JSON or asks for a way to log in that is not supported
 */
export function kubeconfigOf(entry: ClusterEntry): string {
  const config = parseConfig(entry);
  if (fieldAt(config, 'awsAuthConfig') !== undefined) {
    throw new InputError(
      `cluster "${entry.name}" wants awsAuthConfig, which the embedded agent does not support`,
    );
  }
  const tls = fieldAt(config, 'tlsClientConfig');
  const cluster = {
    server: entry.server,
    ...optional('certificate-authority-data', stringAt(tls, 'caData')),
    ...optional('tls-server-name', stringAt(tls, 'serverName')),
    ...(fieldAt(tls, 'insecure') === true ? { 'insecure-skip-tls-verify': true } : {}),
  };
  const user = {
    ...optional('token', stringAt(config, 'bearerToken')),
    ...optional('username', stringAt(config, 'username')),
    ...optional('password', stringAt(config, 'password')),
    ...optional('client-certificate-data', stringAt(tls, 'certData')),
    ...optional('client-key-data', stringAt(tls, 'keyData')),
    ...execOf(fieldAt(config, 'execProviderConfig')),
  };
  const { name } = entry;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
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
