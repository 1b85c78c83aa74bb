import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootFolder, stateFolder } from './folders.ts';

/** Where the portal listens, and what its configuration reads. */
export interface PortalEnvironment {
  readonly url: string;
  readonly port: number;
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
export async function portalEnvironment(): Promise<PortalEnvironment> {
  const { env } = process;
  const port = Number(env.DRYDOCK_PORTAL_PORT ?? 7007);
  const data = env.DRYDOCK_PORTAL_DATA ?? join(stateFolder, 'portal');
  const url = env.DRYDOCK_PORTAL_URL ?? `http://localhost:${port}`;
  const promoter = env.DRYDOCK_PROMOTER_URL ?? (await localPromoter());
  await mkdir(data, { recursive: true, mode: 0o700 });
  return {
    url,
    port,
    variables: {
      DRYDOCK_PROMOTER_URL: promoter,
      DRYDOCK_PORTAL_KEY_FILE: env.DRYDOCK_PORTAL_KEY_FILE ?? join(stateFolder, 'portal.key'),
      DRYDOCK_KUBECONFIGS: env.DRYDOCK_KUBECONFIGS ?? join(stateFolder, 'kubeconfigs'),
      DRYDOCK_PORTAL_DATA: data,
      DRYDOCK_PORTAL_DOCS: env.DRYDOCK_PORTAL_DOCS ?? join(data, 'docs'),
      DRYDOCK_PORTAL_PORT: String(port),
      DRYDOCK_PORTAL_URL: url,
      DRYDOCK_ROOT: rootFolder,
    },
  };
}

async function localPromoter(): Promise<string> {
  const text = await readFile(join(stateFolder, 'config.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new Error(
      'no fleet to show: run "make up", or set DRYDOCK_PROMOTER_URL and DRYDOCK_PORTAL_KEY_FILE',
    );
  }
  const { ports } = JSON.parse(text) as FleetConfig;
  return `http://127.0.0.1:${ports.promoter}`;
}
