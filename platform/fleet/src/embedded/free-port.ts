import { type AddressInfo, createServer } from 'node:net';

/**
 * The port that was chosen before, if it is still free, else any other on loopback.
 *
 * @param taken ports that were handed out before; the answer is added
 */
export async function keepPort(existing: number | undefined, taken: Set<number>): Promise<number> {
  const free = existing !== undefined && !taken.has(existing) && (await listenOnce(existing)) !== undefined;
  const port = free ? existing : await anyPort(taken);
  taken.add(port);
  return port;
}

async function anyPort(taken: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port !== undefined && !taken.has(port)) return port;
  }
}

/** Listens and stops again. @returns the port, or undefined when it cannot be had */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}
