import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { type Clock, type Logger, silentLogger, systemClock } from '../ports.ts';
import { type CreateApiOptions, createApi } from './create-api.ts';

export interface ApiServerOptions extends Omit<CreateApiOptions, 'clock' | 'logger'> {
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** 0 for any. */
  readonly port: number;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
}

export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the HTTP API, on loopback unless told otherwise. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { host = '127.0.0.1', port } = options;
  const api = createApi({
    ...options,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
  });
  const server = await listen(api.fetch, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  hostname: string,
  port: number,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, () => resolve(server));
    server.once('error', reject);
  });
}
