import type { LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { PORTAL_USER, PromoterClient } from '@drydock/plugin-promotion-node';
import { entitiesOf } from './entitiesOf';

/** Options of {@link FleetEntityProvider}. */
export interface FleetEntityProviderOptions {
  readonly promoter: Pick<PromoterClient, 'fleet'>;
  readonly logger: LoggerService;
  readonly taskRunner: SchedulerServiceTaskRunner;
}

/** Keeps the catalog equal to the files of the fleet. While the promoter does not answer, the catalog stays as it is. */
export class FleetEntityProvider implements EntityProvider {
  readonly #options: FleetEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;
  #revision: string | undefined;
  #failing = false;

  constructor(options: FleetEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'drydock-fleet';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: 'drydock-fleet-refresh',
      fn: () => this.refresh(),
    });
  }

  /** Looks once. */
  async refresh(): Promise<void> {
    const { promoter, logger } = this.#options;
    try {
      const fleet = await promoter.fleet(PORTAL_USER);
      this.#failing = false;
      if (fleet.revision === this.#revision) return;
      const locationKey = this.getProviderName();
      const entities = entitiesOf(fleet).map(entity => ({ entity, locationKey }));
      await this.#connection?.applyMutation({ type: 'full', entities });
      this.#revision = fleet.revision;
      logger.info(
        `the catalog has ${entities.length} entities of ${fleet.name} at ${fleet.revision.slice(0, 8)}`,
      );
    } catch (error) {
      if (!this.#failing) {
        logger.warn(`the catalog keeps what it has of the fleet: ${error}`);
      }
      this.#failing = true;
    }
  }
}
