import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { PROMOTION_CHANNEL, PromotionSignal } from '@drydock/plugin-promotion-common';
import type { PromoterClient } from '@drydock/plugin-promotion-node';
import { Notifier } from './Notifier';
import { PromoterEvent, promoterEvent } from './promoterEvent';
import { readServerSentEvents } from './serverSentEvents';

/** Options of {@link EventBridge}. */
export interface EventBridgeOptions {
  readonly promoter: PromoterClient;
  readonly logger: LoggerService;
  readonly signals: SignalsService;
  readonly notifications: NotificationService;
  /** Milliseconds before the stream is opened again. */
  readonly retryAfter?: number;
}

/** Follows the promoter's events for as long as the portal runs, and passes them on as signals and notifications. */
export class EventBridge {
  readonly #options: EventBridgeOptions;
  readonly #notifier: Notifier;
  readonly #stop = new AbortController();
  /** The last event seen; at first, none of those that happened before this began. */
  #last = Number.MAX_SAFE_INTEGER;
  #connected: boolean | undefined;

  constructor(options: EventBridgeOptions) {
    this.#options = options;
    this.#notifier = new Notifier(options);
  }

  /** Begins to follow, and does not wait for the end. */
  start(): void {
    this.follow().catch(error => this.#options.logger.error('the event bridge has ended', error));
  }

  stop(): void {
    this.#stop.abort();
  }

  private async follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const response = await this.#options.promoter.events(this.#last, signal);
        this.report(true);
        await this.publish({ type: 'connected' });
        await this.read(response);
      } catch (error) {
        if (!signal.aborted) this.report(false, String(error));
      }
      await sleep(this.#options.retryAfter ?? 2_000, signal);
    }
  }

  private async read(response: Response): Promise<void> {
    if (response.body === null) return;
    for await (const message of readServerSentEvents(response.body)) {
      const parsed = promoterEvent.safeParse(json(message.data));
      if (message.id !== undefined) this.#last = Number(message.id);
      if (parsed.success) await this.pass(parsed.data);
    }
  }

  private async pass(event: PromoterEvent): Promise<void> {
    await this.publish(event);
    await this.#notifier
      .handle(event)
      .catch(error => this.#options.logger.warn('a notification was not sent', error));
  }

  private async publish(event: { type: string; unit?: string; environment?: string }): Promise<void> {
    const message: PromotionSignal = {
      type: event.type,
      unit: event.unit ?? null,
      environment: event.environment ?? null,
    };
    await this.#options.signals.publish({
      recipients: { type: 'broadcast' },
      channel: PROMOTION_CHANNEL,
      message,
    });
  }

  /** Says once when the promoter comes or goes, not at every attempt. */
  private report(connected: boolean, why = ''): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    const { logger } = this.#options;
    if (connected) logger.info('following the events of the promoter');
    else logger.warn(`cannot follow the events of the promoter: ${why}`);
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    timer.unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
