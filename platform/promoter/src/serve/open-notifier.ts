import type { Repository } from '@drydock/git';
import { Notifier, type Subscription } from '../notifications/notifier.ts';
import { slackTarget, type Target, webhookTarget } from '../notifications/target.ts';
import { type Logger, systemClock } from '../ports.ts';
import type { PromoterConfig } from './config.ts';
import { type PromoterConfigFile, readSecret } from './read-config.ts';

type NotificationConfig = PromoterConfig['notifications'][number];

export interface OpenNotifierOptions {
  readonly repository: Repository;
  readonly mayAct: () => boolean;
  readonly logger: Logger;
}

/** What tells the targets of the config; with none it does nothing. */
export function openNotifier({ config, path }: PromoterConfigFile, options: OpenNotifierOptions): Notifier {
  const targetOf = (given: NotificationConfig): Target => {
    const url = () => readSecret(path(given.urlFile));
    if (given.type === 'slack') return slackTarget({ name: given.name, url });
    const { name, secretFile } = given;
    return webhookTarget({ name, url, secret: () => readSecret(path(secretFile)), clock: systemClock });
  };
  const subscriptions = config.notifications.map(
    (given): Subscription => ({ target: targetOf(given), outcomes: given.on }),
  );
  return new Notifier({ ...options, subscriptions });
}
