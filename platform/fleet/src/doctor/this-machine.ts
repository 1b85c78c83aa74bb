import { lookup } from 'node:dns/promises';
import { promises as fs } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, freemem, networkInterfaces, totalmem } from 'node:os';
import type { Files, Machine, Network } from './doctor-context.ts';

/** The machine that this runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  node: process.version,
  cpus: availableParallelism,
  memory: () => ({ total: totalmem(), available: process.availableMemory?.() ?? freemem() }),
  async diskFree(path) {
    const { bavail, bsize } = await fs.statfs(path);
    return bavail * bsize;
  },
  networks: () =>
    Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
      (addresses ?? []).flatMap(({ family, internal, cidr }) =>
        family === 'IPv4' && !internal && cidr !== null ? [{ name, cidr }] : [],
      ),
    ),
};

/** The files of this machine. */
export const theseFiles: Files = {
  read: (path) => fs.readFile(path, 'utf8').catch(() => undefined),
  mode: async (path) => (await fs.stat(path).catch(() => undefined))?.mode,
  list: (folder) => fs.readdir(folder).catch(() => []),
};

/** Milliseconds for an answer from the network. */
const PATIENCE = 3_000;

/** The network of this machine. */
export const thisNetwork: Network = {
  resolves: (host) => within(lookup(host).then(() => true)).catch(() => false),
  isFree: (address, port) =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, address, () => server.close(() => resolve(true)));
    }),
  async time(url) {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE) }).catch(
      () => undefined,
    );
    const date = Date.parse(answer?.headers.get('date') ?? '');
    return Number.isNaN(date) ? undefined : new Date(date);
  },
};

function within<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<T>((_, reject) => setTimeout(reject, PATIENCE, new Error('late')).unref());
  return Promise.race([work, late]);
}
