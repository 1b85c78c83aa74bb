import { type Clock, type Logger, silentLogger, systemClock } from '../ports.ts';
import {
  type Candidacy,
  holds,
  LEASE_TIMES,
  type LeaseTimes,
  lost,
  nextLeaseStep,
  renewed,
} from './lease.ts';
import type { LeaseClient } from './lease-client.ts';

export interface LeadershipOptions {
  readonly client: LeaseClient;
  /** Name of this replica; no other may have it, also not after a restart. */
  readonly identity: string;
  readonly times?: LeaseTimes | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** Called with the first answer, and whenever it changes. What fails is called again at the next try. */
  readonly changed?: ((acts: boolean) => Promise<void>) | undefined;
}

/** One replica among several, of which at most one acts. */
export class Leadership {
  readonly #client: LeaseClient;
  readonly #times: LeaseTimes;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #changed: (acts: boolean) => Promise<void>;
  #told: boolean | undefined;
  #candidacy: Candidacy;
  #timer: NodeJS.Timeout | undefined;
  #trying: Promise<void> | undefined;
  #closed = false;

  constructor({ client, identity, times, clock, logger, changed }: LeadershipOptions) {
    this.#client = client;
    this.#times = times ?? LEASE_TIMES;
    this.#clock = clock ?? systemClock;
    this.#logger = logger ?? silentLogger;
    this.#changed = changed ?? (async () => {});
    this.#candidacy = { me: identity };
  }

  /** Whether this replica may act at this moment. */
  holds(): boolean {
    return holds(this.#candidacy, this.#clock.now(), this.#times);
  }

  /** Goes on trying until it is closed. Resolves after the first try. */
  async start(): Promise<void> {
    await this.attempt();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.start(), this.#times.retry);
  }

  /** Tries once to take or to keep the Lease; a failure is logged, and leadership then ends by itself. */
  attempt(): Promise<void> {
    this.#trying = this.#attempt()
      .catch((error: unknown) => {
        this.#logger.warn('the lease could not be asked for', { error: String(error) });
      })
      .then(() => this.#tell());
    return this.#trying;
  }

  /** Stops trying, and gives the Lease back so that another replica need not wait. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#trying;
    if (this.#candidacy.renewedAt === undefined) return;
    this.#candidacy = lost(this.#candidacy);
    await this.#release().catch((error: unknown) => {
      this.#logger.warn('the lease could not be given back', { error: String(error) });
    });
  }

  async #attempt(): Promise<void> {
    const now = this.#clock.now();
    const lease = await this.#client.read();
    const { candidacy, next } = nextLeaseStep(this.#candidacy, lease, { now, times: this.#times });
    this.#candidacy = next.step === 'wait' ? lost(candidacy) : candidacy;
    if (next.step === 'write') {
      const version = await this.#client.write(next.record, next.over);
      if (version !== undefined) this.#candidacy = renewed(candidacy, version, now);
    }
  }

  /** Does not wait: what is slow to be told must not cost the Lease. */
  #tell(): void {
    const acts = this.holds();
    if (acts === this.#told) return;
    this.#told = acts;
    this.#logger.info(acts ? 'this replica acts now' : 'another replica acts', {
      identity: this.#candidacy.me,
    });
    this.#changed(acts).catch((error: unknown) => {
      this.#told = undefined;
      this.#logger.warn('it could not be told which replica acts, trying again', { error: String(error) });
    });
  }

  /** As client-go's `ReleaseOnCancel`: an empty holder, and a duration that is over at once. */
  async #release(): Promise<void> {
    const lease = await this.#client.read();
    if (lease?.record.holder !== this.#candidacy.me) return;
    await this.#client.write({ ...lease.record, holder: '', duration: 1_000 }, lease.version);
  }
}
