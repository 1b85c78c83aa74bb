import type { RequestOptions } from 'node:https';
import { InputError } from '@drydock/model';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { fieldAt, listAt, stringAt } from './kube-object.ts';

/** How to reach one API server, as the current context of a kubeconfig says. */
export interface ClusterAccess {
  readonly name: string;
  readonly server: URL;
  /** TLS and credentials for one request; asked for again when the server no longer accepts them. */
  requestOptions(): Promise<RequestOptions>;
}

/**
 * Reads a kubeconfig. Inline certificates, tokens and passwords are used as they are; for plugins, files and identity
 * providers the Kubernetes client library is loaded, which costs a good third of a second.
 *
 * @throws InputError when there is no current context or its cluster has no server
 */
export function readKubeconfig(kubeconfig: KubeConfig | string): ClusterAccess {
  const text = typeof kubeconfig === 'string' ? kubeconfig : kubeconfig.exportConfig();
  const config: unknown = parse(text);
  const context = fieldAt(entryOf(config, 'contexts', stringAt(config, 'current-context')), 'context');
  const name = stringAt(context, 'cluster');
  const cluster = fieldAt(entryOf(config, 'clusters', name), 'cluster');
  const user = fieldAt(entryOf(config, 'users', stringAt(context, 'user')), 'user');
  const server = stringAt(cluster, 'server');
  if (!URL.canParse(server)) throw new InputError('the kubeconfig names no server for its current context');
  const isPlain = [...keysOf(cluster), ...keysOf(user)].every((key) => plainFields.has(key));
  const requestOptions = isPlain ? async () => plainOptions(cluster, user) : () => libraryOptions(kubeconfig);
  return { name, server: new URL(server), requestOptions };
}

const plainFields: ReadonlySet<string> = new Set([
  'server',
  'certificate-authority-data',
  'insecure-skip-tls-verify',
  'tls-server-name',
  'token',
  'username',
  'password',
  'client-certificate-data',
  'client-key-data',
]);

function plainOptions(cluster: unknown, user: unknown): RequestOptions {
  const decode = (from: unknown, field: string): Buffer | undefined => {
    const text = stringAt(from, field);
    return text === '' ? undefined : Buffer.from(text, 'base64');
  };
  const token = stringAt(user, 'token');
  const username = stringAt(user, 'username');
  return {
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    auth: username === '' ? undefined : `${username}:${stringAt(user, 'password')}`,
    ca: decode(cluster, 'certificate-authority-data'),
    cert: decode(user, 'client-certificate-data'),
    key: decode(user, 'client-key-data'),
    servername: stringAt(cluster, 'tls-server-name') || undefined,
    rejectUnauthorized: fieldAt(cluster, 'insecure-skip-tls-verify') !== true,
  };
}

async function libraryOptions(kubeconfig: KubeConfig | string): Promise<RequestOptions> {
  const { KubeConfig: Loader } = await import('@kubernetes/client-node');
  const config = typeof kubeconfig === 'string' ? new Loader() : kubeconfig;
  if (typeof kubeconfig === 'string') config.loadFromString(kubeconfig);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { agent: _, ...rest } = options;
  return rest;
}

function entryOf(config: unknown, list: string, name: string): unknown {
  return listAt(config, list).find((entry) => stringAt(entry, 'name') === name);
}

function keysOf(value: unknown): readonly string[] {
  return Object.keys((value ?? {}) as object);
}
