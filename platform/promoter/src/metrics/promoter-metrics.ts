import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricsPage } from '../api/create-api.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { EventLog } from '../event-log.ts';
import type { Promotion } from '../execute/execute.ts';
import type { PromoterObserver, Settled } from '../promoter-hooks.ts';

/** Seconds; from a decision that costs nothing to a release that waited for a month. */
const FAST = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SLOW = [5, 30, 60, 300, 900, 3_600, 4 * 3_600, 86_400, 3 * 86_400, 7 * 86_400, 30 * 86_400];

/** Counts what a promoter does, as Prometheus reads it. Names follow prometheus.io/docs/practices/naming. */
export class PromoterMetrics implements PromoterObserver, MetricsPage {
  readonly #registry = new Registry();
  readonly #looks = this.#histogram(
    'drydock_look_duration_seconds',
    'From the call to look until all is settled',
    {
      buckets: FAST,
    },
  );
  readonly #hydrations = this.#histogram(
    'drydock_hydration_duration_seconds',
    'Making releases of one revision',
    {
      buckets: FAST,
    },
  );
  readonly #failedHydrations = new Counter({
    name: 'drydock_hydration_failures_total',
    help: 'Revisions of main that could not be hydrated',
    registers: [this.#registry],
  });
  readonly #decisions = new Counter({
    name: 'drydock_decisions_total',
    help: 'Verdicts given, by environment and action',
    labelNames: ['environment', 'action'],
    registers: [this.#registry],
  });
  readonly #promotions = new Counter({
    name: 'drydock_promotions_total',
    help: 'Releases that entered an environment',
    labelNames: ['environment', 'cause'],
    registers: [this.#registry],
  });
  readonly #leadTime = this.#histogram(
    'drydock_lead_time_seconds',
    'From a release until it entered an environment',
    {
      labelNames: ['environment'],
      buckets: SLOW,
    },
  );
  readonly #units = this.#gauge('drydock_units', 'Units by what is to happen with them now', [
    'environment',
    'action',
  ]);
  readonly #gates = this.#gauge('drydock_gates', 'Gates of what wants to enter now', [
    'environment',
    'gate',
    'phase',
  ]);

  /** @param acts whether this replica is the one that acts */
  constructor(acts: () => boolean = () => true) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'drydock_acting',
      help: 'Whether this replica is the one that acts',
      registers: [this.#registry],
      collect() {
        this.set(acts() ? 1 : 0);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  render(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Follows the hydrations in an event log. @returns the function that ends it */
  follow(events: EventLog): () => void {
    return events.subscribe(({ event }) => {
      if (event.type === 'hydrated') this.#hydrations.observe(event.milliseconds / 1_000);
      if (event.type === 'hydration-failed') this.#failedHydrations.inc();
    });
  }

  promoted(promotions: readonly Promotion[], now: number): void {
    for (const { verdict, release } of promotions) {
      const { environment, cause } = verdict;
      this.#promotions.inc({ environment, cause });
      if (cause === 'promotion') this.#leadTime.observe({ environment }, (now - release.createdAt) / 1_000);
    }
  }

  settled({ verdicts, took }: Settled): void {
    this.#looks.observe(took / 1_000);
    this.#units.reset();
    this.#gates.reset();
    for (const verdict of verdicts) this.#count(verdict);
  }

  #count({ environment, action, gates }: Verdict): void {
    this.#decisions.inc({ environment, action });
    this.#units.inc({ environment, action });
    for (const { type, phase } of gates) this.#gates.inc({ environment, gate: type, phase });
  }

  #histogram<Label extends string = never>(
    name: string,
    help: string,
    options: { readonly labelNames?: readonly Label[]; readonly buckets: number[] },
  ): Histogram<Label> {
    const { labelNames = [], buckets } = options;
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] });
  }
}
