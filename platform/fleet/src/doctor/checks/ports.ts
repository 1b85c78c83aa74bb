import type { Check } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import type { Finding } from '../finding.ts';

/** Ports that the clusters of the profile take, while nothing of ours holds them. */
export const kindPortsCheck: Check = {
  name: 'kind-ports',
  title: 'ports of this machine that the profile wants',
  codes: ['DRY121'],
  target: 'kind',
  async run(context) {
    if (context.live.some(({ provider }) => provider === 'kind')) return [];
    const wanted = Object.entries(context.profile?.overrides ?? {}).flatMap(([cluster, { ports }]) =>
      ports.map(({ host, address }) => ({ port: host, address, user: `cluster ${cluster}` })),
    );
    const taken = await Promise.all(wanted.map((one) => findTaken(one, context)));
    return taken.flat();
  },
};

interface WantedPort {
  readonly port: number;
  readonly address: string;
  readonly user: string;
}

async function findTaken(
  { port, address, user }: WantedPort,
  { network, profile }: DoctorContext,
): Promise<readonly Finding[]> {
  if (await network.isFree(address, port)) return [];
  const found = `somebody listens on ${address} already, and ${user} wants it`;
  const remedy = `"ss -ltnp sport = :${port}" names them; or change the port in scripts/kind/${profile?.name}.yaml`;
  return [{ code: 'DRY121', severity: 'error', subject: `port ${port}`, found, remedy }];
}
