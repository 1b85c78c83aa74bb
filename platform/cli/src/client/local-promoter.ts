import { fleetPaths, readFleetConfig } from '@drydock/fleet';
import { InputError } from '@drydock/model';
import { findRoot } from '../find-root.ts';
import type { PromoterAddress } from './promoter-client.ts';

export interface LocalPromoterOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** User of the local fleet. Default: its operator. */
  readonly as?: string | undefined;
}

/**
 * Where the promoter is and who asks: `DRYDOCK_URL` and `DRYDOCK_TOKEN` where they are set, else the fleet that was
 * started in this repository.
 *
 * @throws InputError when there is neither, or the user is not known
 */
export async function findPromoter({ cwd, env, as }: LocalPromoterOptions): Promise<PromoterAddress> {
  const { DRYDOCK_URL: url, DRYDOCK_TOKEN: token } = env;
  if (url !== undefined && token !== undefined) return { url: url.replace(/\/$/, ''), token };
  const config = await readFleetConfig(fleetPaths(findRoot(cwd)));
  if (config === undefined) {
    throw new InputError(
      'this fleet has not been started yet; run "make up", or set DRYDOCK_URL and DRYDOCK_TOKEN',
    );
  }
  const user = as ?? config.operator;
  const own = config.users[user];
  if (own === undefined) {
    throw new InputError(
      `no user "${user}" in this fleet; there are: ${Object.keys(config.users).join(', ')}`,
    );
  }
  return { url: `http://127.0.0.1:${config.ports.promoter}`, token: own };
}
