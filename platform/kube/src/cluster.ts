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
import { Store } from './store/store.ts';
import { clusterIdentity } from './tls/cluster-identity.ts';

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
 * @throws Error when the port is taken or the log is damaged
 */
export async function startCluster(given: ClusterOptions): Promise<RunningCluster> {
  const options = resolveOptions(given);
  const { name, dataDir, clock, logger } = options;
  const identity = await clusterIdentity(dataDir, name, clock.now());
  const onCompactFailed = (error: unknown) =>
    logger.warn('failed to write a snapshot of the log', { cluster: name, error });
  const store = new Store({ path: join(dataDir, 'store.log'), onCompactFailed });
  const registry = new Registry();
  const api = new ClusterApi(store, registry, environmentOf(options, store));
  const hub = new WatchHub(store);
  const stopDefinitions = followDefinitions(api, (resource) => hub.endAll(resource));
  bootstrap(api, { ...options, crds: withOutlines(options.crds) });
  const simulation = new Simulation(api, options, identity.authority);
  const pages = new ListPages(() => clock.now());
  const openApi = new OpenApiCatalogue(registry);
  const served = { api, hub, pages, openApi, kubernetesVersion: options.kubernetesVersion };
  const server = createApiServer({
    server: identity.server,
    token: identity.token,
    handle: (exchange) => route(exchange, served),
    onDefect: (error) => logger.error('a request met a defect', { cluster: name, error }),
  });
  const port = await listen(server, options.port, join(dataDir, 'port'));
  const parts = { name, url: `https://127.0.0.1:${port}`, caPem: identity.authority, token: identity.token };
  logger.info('cluster started', { cluster: name, url: parts.url });
  return {
    ...parts,
    kubeconfig: () => kubeconfigOf(parts),
    close: async () => {
      simulation.close();
      stopDefinitions();
      hub.close();
      await closeServer(server);
      store.close();
    },
  };
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
