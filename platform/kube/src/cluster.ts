import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ClusterApi } from './api/cluster-api.ts';
import { followDefinitions } from './api/definitions.ts';
import { type ClusterOptions, type ResolvedOptions, resolveOptions } from './cluster-options.ts';
import { BUILTIN_CRDS } from './crds/builtin-crds.ts';
import { createApiServer } from './http/api-server.ts';
import { ListPages } from './http/list-pages.ts';
import { route } from './http/router.ts';
import { WatchHub } from './http/watch-hub.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import { stringAt } from './model/kube-object.ts';
import { OpenApiCatalogue } from './openapi/openapi-catalogue.ts';
import { Registry } from './resources/registry.ts';
import { bootstrap } from './simulation/bootstrap.ts';
import { Simulation } from './simulation/simulation.ts';
import { lockFolder } from './store/folder-lock.ts';
import { Store } from './store/store.ts';
import { clusterIdentity, prepareFolder } from './tls/cluster-identity.ts';

/** A cluster that answers. */
export interface RunningCluster {
  readonly name: string;
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  readonly caPem: string;
  /** Bearer token of the administrator. */
  readonly token: string;
  /** @returns a kubeconfig document with the context `drydock-<name>` */
  kubeconfig(): string;
  /** Ends watches, simulation and listener, and closes the log. */
  close(): Promise<void>;
}

/**
 * Starts an embedded cluster: a Kubernetes API over HTTPS on loopback whose workloads are simulated.
 * @throws Error when the folder or the port is taken, or the log is damaged; nothing of the cluster is left running then
 */
export async function startCluster(given: ClusterOptions): Promise<RunningCluster> {
  const options = resolveOptions(given);
  // What was started is ended in reverse order, at `close` or when the start fails half-way.
  const parts = new AsyncDisposableStack();
  try {
    return await start(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw new Error(`failed to start cluster "${options.name}"`, { cause: error });
  }
}

async function start(options: ResolvedOptions, parts: AsyncDisposableStack): Promise<RunningCluster> {
  const { name, dataDir, clock, logger } = options;
  prepareFolder(dataDir);
  parts.defer(lockFolder(join(dataDir, 'lock')));
  const identity = await clusterIdentity(dataDir, name, clock.now());
  const { api, hub } = openStore(options, parts);
  const simulation = new Simulation(api, options, identity.authority);
  parts.defer(() => simulation.close());
  const pages = new ListPages(() => clock.now());
  const documents = new OpenApiCatalogue(api.registry);
  const served = { api, hub, pages, openApi: documents, kubernetesVersion: options.kubernetesVersion };
  const server = createApiServer({
    server: identity.server,
    token: identity.token,
    handle: (exchange) => route(exchange, served),
    onDefect: (error) => logger.error('a request met a defect', { cluster: name, error }),
  });
  const port = await listen(server, options.port, join(dataDir, 'port'));
  parts.defer(() => closeServer(server));
  parts.defer(() => hub.endAll());
  const known = { name, url: `https://127.0.0.1:${port}`, caPem: identity.authority, token: identity.token };
  logger.info('cluster started', { cluster: name, url: known.url });
  return { ...known, kubeconfig: () => kubeconfigOf(known), close: () => parts.disposeAsync() };
}

/** The store with everything that a cluster has from the start. */
function openStore(
  options: ResolvedOptions,
  parts: AsyncDisposableStack,
): { api: ClusterApi; hub: WatchHub } {
  const { name, dataDir, logger, crds } = options;
  const onCompactFailed = (error: unknown) =>
    logger.warn('failed to write a snapshot of the log', { cluster: name, error });
  const store = new Store({ path: join(dataDir, 'store.log'), onCompactFailed });
  parts.defer(() => store.close());
  const api = new ClusterApi(store, new Registry(), environmentOf(options, store));
  const hub = new WatchHub(store);
  parts.defer(() => hub.close());
  parts.defer(followDefinitions(api, (resource) => hub.endAll(resource)));
  bootstrap(api, { ...options, crds: withOutlines(crds) });
  return { api, hub };
}

/** Outlines stand in for the definitions that are not given. */
function withOutlines(given: readonly object[]): readonly object[] {
  const names = new Set(given.map((each) => stringAt(each, 'metadata', 'name')));
  return [...BUILTIN_CRDS.filter((each) => !names.has(stringAt(each, 'metadata', 'name'))), ...given];
}

function environmentOf(
  { clock, serviceSubnet }: ResolvedOptions,
  store: Store,
): ConstructorParameters<typeof ClusterApi>[2] {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return {
    now: () => clock.now(),
    uid: randomUUID,
    suffix: () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join(''),
    list: (resource) => store.list(resource),
    serviceSubnet,
  };
}

/** Takes the port that was asked for, or the one of the last start if it is free, or any. */
async function listen(server: Server, wanted: number, portFile: string): Promise<number> {
  const former = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const candidates = wanted !== 0 ? [wanted] : former > 0 ? [former, 0] : [0];
  for (const [index, candidate] of candidates.entries()) {
    try {
      await listenOn(server, candidate);
      break;
    } catch (error) {
      if (index === candidates.length - 1) throw error;
    }
  }
  const { port } = server.address() as AddressInfo;
  if (port !== former) writeFileSync(portFile, String(port), { mode: 0o600 });
  return port;
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    setImmediate(() => server.closeAllConnections());
  });
}
