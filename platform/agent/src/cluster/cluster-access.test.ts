import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { kubeconfigOf } from '../argocd/cluster-secret.ts';
import { readKubeconfig } from './cluster-access.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64');

function kubeconfig(user: object, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'dev', cluster: { server: 'https://127.0.0.1:6443', ...cluster } }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'dev', context: { cluster: 'dev', user: 'admin' } }],
    'current-context': 'dev',
  });
}

describe('readKubeconfig', () => {
  it.each([
    ['a token', { token: 't0k' }, { headers: { authorization: 'Bearer t0k' } }],
    ['a password', { username: 'u', password: 'p' }, { auth: 'u:p' }],
    [
      'a certificate',
      { 'client-certificate-data': encode('CERT'), 'client-key-data': encode('KEY') },
      { cert: Buffer.from('CERT'), key: Buffer.from('KEY') },
    ],
  ])('takes %s as it is', async (_, user, expected) => {
    const access = readKubeconfig(kubeconfig(user, { 'certificate-authority-data': encode('CA') }));
    expect(access.server.host).toBe('127.0.0.1:6443');
    const options = await access.requestOptions();
    expect(options).toMatchObject({ ...expected, ca: Buffer.from('CA'), rejectUnauthorized: true });
  });

  it('leaves plugins to the client library, from a text and from a loaded config alike', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'plug' },
    };
    const exec = {
      apiVersion: credential.apiVersion,
      command: 'echo',
      args: [JSON.stringify(credential)],
      interactiveMode: 'Never',
    };
    const text = kubeconfig({ exec });
    const loaded = new KubeConfig();
    loaded.loadFromString(text);
    for (const config of [text, loaded]) {
      const { headers } = await readKubeconfig(config).requestOptions();
      expect(JSON.stringify(headers)).toContain('Bearer plug');
    }
  });

  it('refuses one that names no server', () => {
    expect(() => readKubeconfig('apiVersion: v1\nkind: Config\n')).toThrow(/names no server/);
  });
});

describe('kubeconfigOf', () => {
  const entry = { name: 'dev', server: 'https://127.0.0.1:6443' };

  it('carries token, CA and server name of a cluster Secret', async () => {
    const tlsClientConfig = { caData: encode('CA'), serverName: 'dev.example.com' };
    const config = JSON.stringify({ bearerToken: 't0k', tlsClientConfig });
    const options = await readKubeconfig(kubeconfigOf({ ...entry, config })).requestOptions();
    expect(options).toMatchObject({
      headers: { authorization: 'Bearer t0k' },
      ca: Buffer.from('CA'),
      servername: 'dev.example.com',
    });
  });

  it('refuses what it cannot use without showing it', () => {
    const secret = '{"bearerToken":"t0k"';
    expect(() => kubeconfigOf({ ...entry, config: secret })).toThrow(
      'the config in the Secret of cluster "dev" is not JSON',
    );
    expect(() => kubeconfigOf({ ...entry, config: '{"awsAuthConfig":{}}' })).toThrow(/awsAuthConfig/);
  });
});
