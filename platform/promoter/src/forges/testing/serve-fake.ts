import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Forge } from '../forge.ts';
import type { ForgeOptions } from '../github.ts';
import { ForgeWorld, type RunningForge } from './forge-world.ts';

export const TOKEN = 'the token of the promoter';
/** The present of the fake clock. */
export const NOW = Date.UTC(2026, 5, 1);

export interface FakeForge {
  readonly name: string;
  /** Where the API begins, below the address of the server. */
  readonly prefix: string;
  routes(world: ForgeWorld): Hono;
  adapter(options: ForgeOptions): Forge;
  /** Value of the `authorization` header. */
  readonly authorization: string;
}

/** Serves a fake forge on loopback. */
export async function serveFake(fake: FakeForge): Promise<RunningForge> {
  const world = new ForgeWorld();
  const app = new Hono();
  app.use(guard(world, fake.authorization));
  app.route(fake.prefix || '/', fake.routes(world));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const forge = fake.adapter({
    token: async () => TOKEN,
    repository: 'harbor/fleet',
    url,
    clock: { now: () => NOW },
  });
  return { world, forge, url, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

function guard(world: ForgeWorld, authorization: string): MiddlewareHandler {
  return async (context, next) => {
    world.requests.push(`${context.req.method} ${context.req.path}`);
    if (context.req.header('authorization') !== authorization)
      return context.json({ message: 'who are you?' }, 401);
    const { refusal } = world;
    if (refusal !== undefined) return Response.json(refusal.body, refusal);
    return next();
  };
}

/** One page of a list, with the `Link` header (RFC 8288) that all three forges send. */
export function page<T>(url: string, items: readonly T[], sizeName: string): Response {
  const { searchParams } = new URL(url);
  const size = Number(searchParams.get(sizeName) ?? 30);
  const number = Number(searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const more = number * size < items.length;
  const headers: Record<string, string> = more ? { link: `<${next}>; rel="next"` } : {};
  return Response.json(items.slice((number - 1) * size, number * size), { headers });
}
