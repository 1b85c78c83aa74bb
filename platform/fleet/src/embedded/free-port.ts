import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A loopback port that nobody listens on now and that was not handed out before. */
export async function freePort(taken: Set<number>): Promise<number> {
  for (;;) {
    const port = await anyPort();
    if (taken.has(port)) continue;
    taken.add(port);
    return port;
  }
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
