import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { folderSource, loadFleet } from '@drydock/model';
import { jsonLogger } from '@drydock/promoter/json-logger';
import { bootstrapAll } from './bootstrap.ts';
import type { SupervisorStatus } from './control.ts';
import { ensureFleetConfig } from './fleet-config.ts';
import { fleetPaths } from './fleet-paths.ts';
import { Supervisor } from './supervisor.ts';
import { writePrivate } from './write-private.ts';

/**
 * Entry point of the background process of an embedded fleet: brings the parts up in order and keeps them running
 * until it is told to stop. Argument: the root of the repository.
 */
async function main(root: string): Promise<void> {
  const logger = jsonLogger((line) => process.stdout.write(line));
  const fleet = await loadFleet(folderSource(root));
  const paths = fleetPaths(root);
  const config = await ensureFleetConfig(paths, fleet);
  const supervisor = new Supervisor({ type: 'start', root, paths, config, fleet }, logger);
  const startedAt = new Date().toISOString();
  const phases: { name: string; milliseconds: number }[] = [];
  let state: Pick<SupervisorStatus, 'phase' | 'message'> = { phase: 'starting' };
  const status = (): SupervisorStatus => ({
    fleet: fleet.name,
    pid: process.pid,
    ...state,
    startedAt,
    phases,
    parts: supervisor.status().map(({ pid, ...part }) => ({ ...part, ...(pid !== undefined && { pid }) })),
  });
  const stop = async () => {
    await supervisor.stop();
    await rm(paths.run, { force: true });
    process.exit(0);
  };
  const token = randomBytes(24).toString('base64url');
  await serveControl({ port: config.ports.control, token, status, stop });
  await writePrivate(
    paths.run,
    JSON.stringify({ url: `http://127.0.0.1:${config.ports.control}`, token, pid: process.pid }),
  );
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const phase = async (name: string, work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    phases.push({ name, milliseconds: Math.round(performance.now() - started) });
  };
  try {
    supervisor.prepare();
    await Promise.all([
      phase('git server', () => supervisor.start('git')),
      phase('clusters', () => supervisor.start('clusters')),
    ]);
    await phase('hub', () => bootstrapAll(fleet, paths));
    await Promise.all([
      phase('agent', () => supervisor.start('agent')),
      phase('promoter', () => supervisor.start('promoter')),
    ]);
    state = { phase: 'ready' };
    logger.info('the fleet is ready', { phases });
  } catch (error) {
    state = { phase: 'failed', message: error instanceof Error ? error.message : String(error) };
    logger.error('the fleet could not be started', { error: String(error) });
  }
}

interface Control {
  readonly port: number;
  readonly token: string;
  readonly status: () => SupervisorStatus;
  readonly stop: () => Promise<void>;
}

/** Serves status and stop to those who can read the run file. */
function serveControl({ port, token, status, stop }: Control): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
    if (request.method === 'GET' && request.url === '/status')
      return void response.end(JSON.stringify(status()));
    if (request.method !== 'POST' || request.url !== '/stop') return void response.writeHead(404).end();
    response.end('{}', () => void stop());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

await main(process.argv[2] ?? process.cwd());
