import { GitError } from '../git-error.ts';
import { runGit } from '../run-git.ts';

/** What a remote asks for; never written to a file, a command line or a message. */
export interface RemoteCredential {
  readonly username: string;
  readonly token: string;
}

/** A repository elsewhere. */
export interface Remote {
  /** `https://…`, `ssh://…` or a path; without a user's secret in it. */
  readonly url: string;
  /** Asked before each call, so that a token that was replaced is used. */
  readonly credential?: (() => Promise<RemoteCredential>) | undefined;
}

/** The remote does not answer, or not to us. Trying again may work. */
export class RemoteUnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly retryable = true;
}

/** Settings for every call: give up on a dead connection after half a minute, and carry no secret to another host. */
const SETTINGS = {
  'http.lowSpeedLimit': '1000',
  'http.lowSpeedTime': '30',
  'http.followRedirects': 'false',
  'credential.helper': '',
} as const;

/** Runs a git command that talks to a remote. @throws GitError */
export async function runRemoteGit(
  remote: Remote,
  args: readonly string[],
  options: { readonly accept?: readonly number[] } = {},
): Promise<string> {
  const settings: Record<string, string> = { ...SETTINGS };
  const credential = await remote.credential?.();
  if (credential !== undefined) {
    const basic = Buffer.from(`${credential.username}:${credential.token}`).toString('base64');
    settings[`http.${new URL('/', remote.url).href}.extraHeader`] = `Authorization: Basic ${basic}`;
  }
  return (await runGit(args, { ...options, env: configEnvironment(settings) })).toString('utf8');
}

/** What a failed call means to the caller: the remote cannot be reached now. */
export function unavailable(remote: Remote, cause: unknown): unknown {
  if (!(cause instanceof GitError)) return cause;
  const said = cause.stderr.trim().split('\n').at(-1) ?? '';
  return new RemoteUnavailableError(`${remote.url} does not answer: ${said || 'no message'}`, { cause });
}

/** Configuration in the environment (git-config, `GIT_CONFIG_COUNT`), where other users of the machine do not see it. */
function configEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(Object.keys(settings).length), ...Object.fromEntries(entries) };
}
