import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Cluster, type FleetModel, folderSource, loadFleet } from '@drydock/model';
import { jsonLogger } from '@drydock/promoter/json-logger';
import type { SupervisorStatus } from '../../embedded/control.ts';
import { ensureFleetConfig, type FleetConfig } from '../../embedded/fleet-config.ts';
import { Supervisor } from '../../embedded/supervisor.ts';
import { writePrivate } from '../../embedded/write-private.ts';
import { GIT_READER } from '../git-access.ts';
import { localSecrets } from '../local-secrets.ts';
import { type Member, membersOf } from '../members.ts';
import { kindPaths } from '../names.ts';
import type { KindProfile } from '../profile.ts';
import { controlPaths } from './control-paths.ts';
import { serveControl } from './serve-control.ts';
import { forwardTcp } from './tcp-forward.ts';

export interface RunControlOptions {
  readonly root: string;
  readonly profile: KindProfile;
  /** Address of this machine that the clusters reach. */
  readonly address: string;
  /** Called for every line of the log. */
  readonly write: (line: string) => void;
  /** Called when it has ended after a stop. */
  readonly ended: () => void;
}

/**
 * Runs the git server and the promoter of a Kind fleet in processes of their own until it is told to stop, and lets the
 * clusters reach the git server.
 */
export async function runControl({ root, profile, address, write, ended }: RunControlOptions): Promise<void> {
  const logger = jsonLogger(write);
  const fleet = await loadFleet(folderSource(root));
  const paths = controlPaths(root);
  const config = await ensureFleetConfig(paths, fleet);
  const members = membersOf(fleet, profile);
  const supervisor = new Supervisor(
    { type: 'start', root, paths, fleet: withHub(fleet, members), config: await withReader(root, config) },
    logger,
  );
  const token = randomBytes(24).toString('base64url');
  const startedAt = new Date().toISOString();
  let phase: SupervisorStatus['phase'] = 'starting';
  const status = (): SupervisorStatus => ({
    fleet: fleet.name,
    pid: process.pid,
    phase,
    startedAt,
    phases: [],
    parts: supervisor
      .status()
      .filter(({ part }) => part === 'git' || part === 'promoter')
      .map(({ pid, ...part }) => ({ ...part, ...(pid !== undefined && { pid }) })),
  });
  const stop = async () => {
    await supervisor.stop();
    await rm(paths.run, { force: true });
    ended();
  };
  await serveControl({ port: config.ports.control, token, status, stop });
  await writePrivate(
    paths.run,
    JSON.stringify({ url: `http://127.0.0.1:${config.ports.control}`, token, pid: process.pid }),
  );
  await supervisor.start('git');
  await forwardTcp({ address, port: profile.gitPort, target: config.ports.git });
  await supervisor.start('promoter');
  phase = 'ready';
  logger.info('ready', { address, port: profile.gitPort });
}

/** The promoter watches the hub; where there is none, the cluster whose Argo CD delivers. */
function withHub(fleet: FleetModel, members: readonly Member[]): FleetModel {
  const host = members.find(({ cluster, host }) => cluster === host && cluster.role === 'hub') ?? members[0];
  const asHub = (cluster: Cluster): Cluster => ({
    ...cluster,
    role: cluster === host?.host ? 'hub' : 'spoke',
  });
  return { ...fleet, clusters: fleet.clusters.map(asHub) };
}

/** Lets delivery engines read, and nothing else: nothing is granted to their user. */
async function withReader(root: string, config: FleetConfig): Promise<FleetConfig> {
  const { gitToken } = await localSecrets(kindPaths(root));
  return { ...config, users: { ...config.users, [GIT_READER]: gitToken } };
}
