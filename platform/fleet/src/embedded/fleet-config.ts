import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { type FleetModel, InputError } from '@drydock/model';
import { z } from 'zod';
import type { FleetPaths } from './fleet-paths.ts';
import { keepPort } from './free-port.ts';
import { writePrivate } from './write-private.ts';

const port = z.int().min(1).max(65_535);

const fleetConfigSchema = z.strictObject({
  fleet: z.string(),
  ports: z.strictObject({ git: port, promoter: port, control: port, clusters: z.record(z.string(), port) }),
  /** Name of a user → bearer token. */
  users: z.record(z.string(), z.string()),
  /** The user who pushes from this clone, and the one who acts at the command line: two, so that one can approve. */
  pusher: z.string(),
  operator: z.string(),
  webhookSecret: z.string(),
  /** What the portal signs with when it says who its user is. */
  portalKey: z.string().default(newSecret),
});

/** What is chosen once, at the first `up`, and kept: ports and secrets. */
export type FleetConfig = z.infer<typeof fleetConfigSchema>;

/** Reads the config of a fleet; undefined before the first `up`. @throws InputError when the file is not readable */
export async function readFleetConfig(paths: FleetPaths): Promise<FleetConfig | undefined> {
  const text = await readFile(paths.config, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return fleetConfigSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${paths.config} is not readable as the config of a fleet`;
    throw new InputError(`${message}; "drydock down --purge" removes the local fleet and its state`, {
      cause,
    });
  }
}

/**
 * The config of a fleet, completed where clusters or users have come since, and stored. A port that somebody else has
 * taken in the meantime is replaced, so call this only when the fleet does not run.
 */
export async function ensureFleetConfig(paths: FleetPaths, fleet: FleetModel): Promise<FleetConfig> {
  await mkdir(paths.home, { recursive: true, mode: 0o700 });
  const known = await readFleetConfig(paths);
  const taken = new Set<number>();
  const choose = (existing: number | undefined) => keepPort(existing, taken);
  const clusters: Record<string, number> = {};
  for (const { name } of fleet.clusters) clusters[name] = await choose(known?.ports.clusters[name]);
  const users = fleet.access.flatMap(({ user }) => user ?? []);
  const config: FleetConfig = {
    fleet: fleet.name,
    ports: {
      git: await choose(known?.ports.git),
      promoter: await choose(known?.ports.promoter),
      control: await choose(known?.ports.control),
      clusters,
    },
    users: Object.fromEntries(users.map((user) => [user, known?.users[user] ?? newSecret()])),
    ...chooseUsers(fleet),
    webhookSecret: known?.webhookSecret ?? newSecret(),
    portalKey: known?.portalKey ?? newSecret(),
  };
  await writePrivate(paths.config, `${JSON.stringify(config, undefined, 2)}\n`);
  await writePrivate(paths.portalKey, `${config.portalKey}\n`);
  return config;
}

/** An admin operates; a deployer who may push everything pushes, or the admin where there is none. */
function chooseUsers({ access }: FleetModel): Pick<FleetConfig, 'pusher' | 'operator'> {
  const operator = access.find(({ user, role }) => user !== undefined && role === 'admin')?.user;
  const deployer = access.find(
    ({ user, role, teams }) => user !== undefined && role === 'deployer' && teams === undefined,
  )?.user;
  if (operator !== undefined) return { operator, pusher: deployer ?? operator };
  throw new InputError(
    'clusters/fleet.yaml: nobody is in charge: give one user the role admin under spec.access',
  );
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
