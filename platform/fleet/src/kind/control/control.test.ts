import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { controlPaths } from './control-paths.ts';
import { serveControl } from './serve-control.ts';
import { forwardTcp, type Listening } from './tcp-forward.ts';

const open: (Listening | Server)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listen(answer: string): Promise<number> {
  const server = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

describe('forwarding a port', () => {
  it('lets another address of this machine reach what listens on loopback', async () => {
    const forward = await forwardTcp({ address: '127.0.0.2', port: 0, target: await listen('hello') });
    open.push(forward);
    const response = await fetch(`http://127.0.0.2:${forward.port}`);
    expect(await response.text()).toBe('hello');
  });

  it('ends a connection when nobody listens behind it, and goes on', async () => {
    const port = await listen('hello');
    await new Promise<void>((resolve) => void (open.pop() as Server).close(() => resolve()));
    const forward = await forwardTcp({ address: '127.0.0.1', port: 0, target: port });
    open.push(forward);
    await expect(fetch(`http://127.0.0.1:${forward.port}`)).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${forward.port}`)).rejects.toThrow();
  });
});

describe('the control of the processes', () => {
  const status = { fleet: 'f', pid: 1, phase: 'ready', startedAt: '', phases: [], parts: [] } as const;

  it.each([
    ['GET', '/status', 'right', 200],
    ['GET', '/status', 'wrong', 401],
    ['GET', '/elsewhere', 'right', 404],
    ['POST', '/stop', 'right', 200],
  ])('answers %s %s with the %s token: %d', async (method, path, token, expected) => {
    const server = await serveControl({
      port: 0,
      token: 'right',
      status: () => ({ ...status, phases: [], parts: [] }),
      stop: async () => {},
    });
    open.push(server);
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers });
    expect(response.status).toBe(expected);
  });

  it('keeps its files apart from those of an embedded fleet', () => {
    const paths = controlPaths('/fleet');
    expect(Object.values(paths).every((path) => path.startsWith('/fleet/.drydock/kind'))).toBe(true);
  });
});
