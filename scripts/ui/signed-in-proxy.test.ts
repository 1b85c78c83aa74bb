import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { argocdSession } from './argocd-session.ts';
import { postJson } from './post-json.ts';
import { startSignedInProxy } from './signed-in-proxy.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something like Argo CD, whose tokens are good for one request each when `strict`. */
async function open(password = 'secret') {
  let tokens = 0;
  const argocd = createServer((incoming, outgoing) => {
    if (incoming.url === '/api/v1/session') {
      incoming.resume();
      return void outgoing.end(
        JSON.stringify(password === 'secret' ? { token: `token-${++tokens}` } : { error: 'no' }),
      );
    }
    const status = incoming.headers.authorization === `Bearer token-${tokens}` ? 200 : 401;
    outgoing.writeHead(status).end(incoming.headers.authorization);
  });
  await new Promise<void>((resolve) => void argocd.listen(0, '127.0.0.1', () => resolve()));
  servers.push(argocd);
  const target = new URL(`http://127.0.0.1:${(argocd.address() as AddressInfo).port}`);
  const signIn = () => argocdSession(postJson, target, password);
  const proxy = await startSignedInProxy({ port: 0, target, signIn });
  servers.push(proxy);
  const expire = () => {
    tokens += 1;
  };
  return { port: (proxy.address() as AddressInfo).port, expire };
}

function get(
  port: number,
  host: string,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/applications', headers: { host } }, (answer) => {
      let body = '';
      answer
        .on('data', (chunk) => (body += chunk))
        .on('end', () => resolve({ status: answer.statusCode, body }));
    })
      .once('error', reject)
      .end();
  });
}

describe('a screen for somebody who is signed in', () => {
  it('is asked with the token of the local admin', async () => {
    const { port } = await open();
    expect(await get(port, `127.0.0.1:${port}`)).toEqual({ status: 200, body: 'Bearer token-1' });
  });

  it('is only shown under the own name of this machine', async () => {
    const { port } = await open();
    expect((await get(port, `localhost:${port}`)).status).toBe(200);
    expect((await get(port, 'evil.example:80')).status).toBe(421);
  });

  it('signs in again when its token is no longer good', async () => {
    const { port, expire } = await open();
    expire();
    expect((await get(port, `127.0.0.1:${port}`)).status).toBe(401);
    await expect.poll(async () => (await get(port, `127.0.0.1:${port}`)).status).toBe(200);
  });

  it('says so when the password is not accepted', async () => {
    await expect(open('wrong')).rejects.toThrow('did not accept its initial password');
  });
});
