import { dirname } from 'node:path';
import { runGit } from '@drydock/git';
import { type FleetModel, InputError } from '@drydock/model';
import { type FleetConfig, readFleetConfig } from './fleet-config.ts';
import type { FleetPaths } from './fleet-paths.ts';
import { writePrivate } from './write-private.ts';

export interface ConnectCloneOptions {
  readonly root: string;
  readonly paths: FleetPaths;
  readonly config: FleetConfig;
  readonly fleet: FleetModel;
}

const REMOTE = 'drydock';

/**
 * Gives a clone the remote `drydock`, with the credentials of the user who pushes in a file that only its owner can
 * read, and pushes what is committed when the server has no `main` yet.
 *
 * @returns whether something was pushed
 * @throws InputError when the folder is not a git repository with a commit
 */
export async function connectClone({ root, paths, config, fleet }: ConnectCloneOptions): Promise<boolean> {
  const git = (args: readonly string[], accept?: readonly number[]) =>
    runGit(['-C', root, ...args], { accept });
  if ((await text(git(['rev-parse', '--verify', '--quiet', 'HEAD'], [0, 1, 128]))) === '') {
    throw new InputError(
      `${root} is not a git repository with a commit; run "git init", "git add -A" and "git commit" in it first`,
    );
  }
  const user = config.pusher;
  const base = `http://127.0.0.1:${config.ports.git}`;
  const url = `${base}/${fleet.name}.git`;
  await writePrivate(
    paths.credentials,
    `http://${encodeURIComponent(user)}:${config.users[user]}@127.0.0.1:${config.ports.git}\n`,
  );
  const existing = await text(git(['remote'], [0]));
  await git(
    existing.split('\n').includes(REMOTE)
      ? ['remote', 'set-url', REMOTE, url]
      : ['remote', 'add', REMOTE, url],
  );
  const helper = `credential.${base}.helper`;
  await git(['config', '--replace-all', helper, '']); // an empty one first: no other helper is asked, none stores the token
  await git(['config', '--add', helper, `store --file="${paths.credentials}"`]);
  if (await hasMain(paths)) return false;
  try {
    await git(['push', '--quiet', REMOTE, 'HEAD:refs/heads/main']);
    return true;
  } catch (error) {
    if (await hasMain(paths)) return false; // another "up" was faster
    throw error;
  }
}

/** Takes the remote and the credentials out of the clone that a fleet was started in. */
export async function disconnectClone(paths: FleetPaths): Promise<void> {
  const config = await readFleetConfig(paths);
  if (config === undefined) return;
  const git = (...args: readonly string[]) =>
    runGit(['-C', dirname(paths.home), ...args], { accept: [0, 2, 5, 128] });
  await git('remote', 'remove', REMOTE);
  await git('config', '--remove-section', `credential.http://127.0.0.1:${config.ports.git}`);
}

async function hasMain({ repository }: FleetPaths): Promise<boolean> {
  const args = [`--git-dir=${repository}`, 'rev-parse', '--verify', '--quiet', 'refs/heads/main'];
  return (await runGit(args, { accept: [0, 1] })).length > 0;
}

async function text(output: Promise<Buffer>): Promise<string> {
  return (await output).toString('utf8').trim();
}
