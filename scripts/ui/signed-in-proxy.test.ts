import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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
  const { server, url } = await startSignedInProxy({ port: 0, target, signIn });
  servers.push(server);
  const cookie = `drydock-screen=${url.searchParams.get('key')}`;
  const expire = () => {
    tokens += 1;
  };
  return { port: Number(url.port), url, cookie, expire };
}

interface Asked {
  readonly host?: string;
  readonly cookie?: string;
  readonly path?: string;
}

function get(port: number, { host = `127.0.0.1:${port}`, cookie = '', path = '/applications' }: Asked = {}) {
  return new Promise<{ readonly status: number | undefined; readonly body: string; readonly set?: string }>(
    (resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers: { host, cookie } }, async (answer) => {
        const [set] = answer.headers['set-cookie'] ?? [];
        resolve({ status: answer.statusCode, body: await text(answer), ...(set !== undefined && { set }) });
      })
        .once('error', reject)
        .end();
    },
  );
}

describe('a screen for somebody who is signed in', () => {
  it('is asked with the token of the local admin', async () => {
    const { port, cookie } = await open();
    expect(await get(port, { cookie })).toEqual({ status: 200, body: 'Bearer token-1' });
  });

  it('is shown to the browser that opens the printed address', async () => {
    const { port, url, cookie } = await open();
    const { status, set } = await get(port, { path: `${url.pathname}${url.search}` });
    expect(status).toBe(303);
    expect(set).toBe(`${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  });

  it.each([
    ['without the cookie', {}, 403],
    ['with another cookie', { cookie: 'drydock-screen=guess' }, 403],
    ['with another key', { path: '/?key=guess' }, 403],
    ['under another name', { host: 'evil.example:80' }, 421],
  ])('is not shown %s', async (_, asked, status) => {
    const { port } = await open();
    expect((await get(port, asked)).status).toBe(status);
  });

  it('signs in again when its token is no longer good', async () => {
    const { port, cookie, expire } = await open();
    expire();
    expect((await get(port, { cookie })).status).toBe(401);
    await expect.poll(async () => (await get(port, { cookie })).status).toBe(200);
  });

  it('says so when the password is not accepted', async () => {
    await expect(open('wrong')).rejects.toThrow('did not accept its initial password');
  });
});
