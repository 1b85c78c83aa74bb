import { UnavailableError } from '@drydock/model';
import { matrixView } from '@drydock/promoter';
import { supervisorStatus } from '../embedded/control.ts';
import { readFleetConfig } from '../embedded/fleet-config.ts';
import { type FleetPaths, fleetPaths } from '../embedded/fleet-paths.ts';
import { controlPaths } from '../kind/control/control-paths.ts';
import type { LiveFleet } from './doctor-context.ts';

/** The fleets of a repository that run now, each with its promoter. */
export async function findLiveFleets(root: string): Promise<readonly LiveFleet[]> {
  const found = await Promise.all([
    findLiveFleet('embedded', fleetPaths(root)),
    findLiveFleet('kind', controlPaths(root)),
  ]);
  return found.flat();
}

async function findLiveFleet(
  provider: LiveFleet['provider'],
  paths: FleetPaths,
): Promise<readonly LiveFleet[]> {
  const [status, config] = await Promise.all([
    supervisorStatus(paths),
    readFleetConfig(paths).catch(() => undefined),
  ]);
  if (status === undefined || config === undefined) return [];
  const url = `http://127.0.0.1:${config.ports.promoter}/api/v1/matrix?pageSize=500`;
  const token = config.users[config.operator] ?? '';
  let matrix: ReturnType<LiveFleet['matrix']> | undefined;
  return [
    {
      provider,
      matrix() {
        matrix ??= readMatrix(url, token);
        return matrix;
      },
      parts: async () => status.parts,
    },
  ];
}

async function readMatrix(url: string, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    (cause: unknown) => {
      throw new UnavailableError('the promoter does not answer', { cause });
    },
  );
  if (!answer.ok) throw new UnavailableError(`the promoter answers ${answer.status}`);
  return matrixView.parse(await answer.json());
}
