import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { FleetView } from '@drydock/plugin-promotion-common';
import { PORTAL_USER, PromoterClient } from '@drydock/plugin-promotion-node';
import type { PromoterEvent } from './promoterEvent';

/** Options of {@link Notifier}. */
export interface NotifierOptions {
  readonly promoter: Pick<PromoterClient, 'fleet' | 'unit'>;
  readonly notifications: NotificationService;
}

/** Tells approvers what waits for them, and owners what has moved. One notification per unit and environment. */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  async handle(event: PromoterEvent): Promise<void> {
    if (event.type === 'verdict' && waitsForApproval(event)) {
      await this.tellApprovers(event.unit, event.environment);
    }
    if (event.type === 'promoted' && event.cause === 'rollback') {
      await this.tellOwner(event.unit, event.environment);
    }
  }

  private async tellApprovers(unit: string, environment: string) {
    const { promoter } = this.#options;
    const fleet = await promoter.fleet(PORTAL_USER);
    const { cells } = await promoter.unit(unit, PORTAL_USER);
    const verdict = cells.find(cell => cell.environment === environment)?.verdict;
    const requesters = [verdict?.requestedBy, verdict?.candidate?.requestedBy];
    const own = requesters.map(name => `user:default/${name}`);
    const approvers = approverRefs(fleet, environment).filter(ref => !own.includes(ref));
    await this.send(approvers, {
      title: `${unit} waits for an approval in ${environment}`,
      description: 'Look at what it would change, then approve it or leave it.',
      link: `/promotions/units/${unit}/${environment}`,
      scope: `promotion:${environment}/${unit}`,
      topic: 'approvals',
      severity: 'normal',
    });
  }

  private async tellOwner(unit: string, environment: string) {
    const fleet = await this.#options.promoter.fleet(PORTAL_USER);
    const team = fleet.units.find(({ name }) => name === unit)?.team;
    if (team === undefined) return;
    await this.send([`group:default/${team}`], {
      title: `${unit} was rolled back in ${environment}`,
      link: `/promotions/units/${unit}/${environment}`,
      scope: `promotion:${environment}/${unit}`,
      topic: 'rollbacks',
      severity: 'high',
    });
  }

  private async send(entityRef: string[], payload: NotificationPayload) {
    if (entityRef.length === 0) return;
    await this.#options.notifications.send({
      recipients: { type: 'entity', entityRef },
      payload,
    });
  }
}

/** Who may approve in an environment, as entity refs. */
export function approverRefs(fleet: FleetView, environment: string): string[] {
  const refs = fleet.access
    .filter(
      ({ role, environments }) =>
        role === 'admin' ||
        (role === 'approver' && (environments === undefined || environments.includes(environment))),
    )
    .map(({ user, group }) => (user === undefined ? `group:default/${group}` : `user:default/${user}`));
  return [...new Set(refs)];
}

function waitsForApproval(event: Extract<PromoterEvent, { type: 'verdict' }>) {
  return (
    event.action === 'wait' &&
    event.reasons.length === 1 &&
    event.reasons.every(({ code, message }) => code === 'gate' && message.startsWith('approval:'))
  );
}
