import { join } from 'node:path';
import { InputError } from '@drydock/model';
import { readFleetConfig } from '../../embedded/fleet-config.ts';
import { controlPaths } from './control-paths.ts';

/** Another port than the portal of an embedded fleet has, so that both can run. */
const PORTAL_PORT = 7_008;

/**
 * The environment variables with which the command line and the portal find the promoter of the Kind fleet. They hold a
 * token.
 *
 * @throws InputError when the fleet was never brought up
 */
export async function controlEnvironment(root: string): Promise<Readonly<Record<string, string>>> {
  const paths = controlPaths(root);
  const config = await readFleetConfig(paths);
  if (config === undefined) throw new InputError('the Kind fleet was not brought up yet; run "make kind-up"');
  const url = `http://127.0.0.1:${config.ports.promoter}`;
  return {
    DRYDOCK_URL: url,
    DRYDOCK_TOKEN: config.users[config.operator] ?? '',
    DRYDOCK_PROMOTER_URL: url,
    DRYDOCK_PORTAL_KEY_FILE: paths.portalKey,
    DRYDOCK_KUBECONFIGS: paths.kubeconfigs,
    DRYDOCK_PORTAL_DATA: join(paths.home, 'portal'),
    DRYDOCK_PORTAL_PORT: String(PORTAL_PORT),
  };
}
