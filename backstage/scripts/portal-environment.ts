import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder } from './folders.ts';

/** Where the portal listens, and what its configuration reads. */
export interface PortalEnvironment {
  readonly url: string;
  readonly port: number;
  /** Where the fleet, and with it the portal, keeps what it needs. */
  readonly state: string;
  readonly variables: Readonly<Record<string, string>>;
}

interface FleetConfig {
  readonly ports: { readonly promoter: number };
}

/**
 * The environment of the portal: what is set wins, the local fleet fills in the rest.
 *
 * @throws Error when there is neither
 */
export async function portalEnvironment(
  env: NodeJS.ProcessEnv = process.env,
  state: string = stateFolder,
): Promise<PortalEnvironment> {
  const port = Number(env.DRYDOCK_PORTAL_PORT ?? 7007);
  const data = env.DRYDOCK_PORTAL_DATA ?? join(state, 'portal');
  const url = env.DRYDOCK_PORTAL_URL ?? `http://localhost:${port}`;
  const promoter = env.DRYDOCK_PROMOTER_URL ?? (await localPromoter(state));
  await mkdir(data, { recursive: true, mode: 0o700 });
  return {
    url,
    port,
    state,
    variables: {
      DRYDOCK_PROMOTER_URL: promoter,
      DRYDOCK_PORTAL_KEY_FILE: env.DRYDOCK_PORTAL_KEY_FILE ?? join(state, 'portal.key'),
      DRYDOCK_KUBECONFIGS: env.DRYDOCK_KUBECONFIGS ?? join(state, 'kubeconfigs'),
      DRYDOCK_PORTAL_DATA: data,
      DRYDOCK_PORTAL_DOCS: env.DRYDOCK_PORTAL_DOCS ?? join(data, 'docs'),
      DRYDOCK_PORTAL_PORT: String(port),
      DRYDOCK_PORTAL_URL: url,
    },
  };
}

async function localPromoter(state: string): Promise<string> {
  const text = await readFile(join(state, 'config.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new Error(
      'no fleet to show: run "make up", or set DRYDOCK_PROMOTER_URL and DRYDOCK_PORTAL_KEY_FILE',
    );
  }
  const { ports } = JSON.parse(text) as FleetConfig;
  return `http://127.0.0.1:${ports.promoter}`;
}
