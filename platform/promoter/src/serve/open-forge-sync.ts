import type { Repository } from '@drydock/git';
import { UnavailableError } from '@drydock/model';
import { commit } from '../api/commit-decision.ts';
import type { Forge } from '../forges/forge.ts';
import { ForgeSync } from '../forges/forge-sync.ts';
import { GiteaForge } from '../forges/gitea.ts';
import { type ForgeOptions, GithubForge } from '../forges/github.ts';
import { GitlabForge } from '../forges/gitlab.ts';
import { type Logger, systemClock } from '../ports.ts';
import type { Promoter } from '../promoter.ts';
import type { PromoterConfig } from './config.ts';
import { type PromoterConfigFile, readSecret } from './read-config.ts';

type ForgeConfig = NonNullable<PromoterConfig['forge']>;

const FORGES: Readonly<Record<ForgeConfig['type'], (options: ForgeOptions) => Forge>> = {
  github: (options) => new GithubForge(options),
  gitlab: (options) => new GitlabForge(options),
  gitea: (options) => new GiteaForge(options),
  forgejo: (options) => new GiteaForge(options),
};

export interface OpenForgeSyncOptions {
  readonly repository: Repository;
  /** The promoter, as soon as there is one. */
  readonly promoter: () => Promoter | undefined;
  readonly mayAct: () => boolean;
  readonly logger: Logger;
}

/** What keeps pull requests for a promoter, where its config names a forge. */
export function openForgeSync(
  { config, path }: PromoterConfigFile,
  { repository, promoter, mayAct, logger }: OpenForgeSyncOptions,
): ForgeSync | undefined {
  if (config.forge === undefined) return undefined;
  const { type, url, repository: name, tokenFile, environments, users } = config.forge;
  const started = () => {
    const found = promoter();
    if (found === undefined) throw new UnavailableError('the promoter has not started');
    return found;
  };
  return new ForgeSync({
    forge: FORGES[type]({ url, repository: name, token: () => readSecret(path(tokenFile)) }),
    repository,
    book: {
      snapshot: () => started().snapshot(),
      async record(change) {
        const context = { promoter: started(), repository, clock: systemClock };
        await commit(context, await context.promoter.snapshot(), (_at, current) => change(current));
      },
    },
    environments,
    users,
    mayAct,
    logger,
  });
}
