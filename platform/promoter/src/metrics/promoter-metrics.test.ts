import { expect, it } from 'vitest';
import type { Verdict } from '../decide/verdict.ts';
import { EventLog } from '../event-log.ts';
import type { Promotion } from '../execute/execute.ts';
import type { Settled } from '../promoter-hooks.ts';
import { PromoterMetrics } from './promoter-metrics.ts';

const verdict = (action: Verdict['action'], over: Partial<Verdict> = {}) =>
  ({
    unit: 'cart',
    environment: 'prod',
    action,
    cause: 'promotion',
    gates: [],
    ...over,
  }) as unknown as Verdict;
const settled = (...verdicts: Verdict[]) => ({ verdicts, took: 20 }) as unknown as Settled;
const gate = (type: string, phase: string) => ({ type, phase, reason: '' }) as Verdict['gates'][number];

/** The values of the samples whose line begins so. */
async function samples(metrics: PromoterMetrics, prefix: string): Promise<readonly string[]> {
  return (await metrics.render()).split('\n').filter((line) => line.startsWith(prefix));
}

it('counts promotions, and how long a release took to get there', async () => {
  const metrics = new PromoterMetrics();
  const promotion = (cause: string) =>
    ({
      verdict: verdict('promote', { cause } as Partial<Verdict>),
      release: { createdAt: 0 },
    }) as unknown as Promotion;
  metrics.promoted([promotion('promotion'), promotion('rollback')], 60_000);
  expect(await samples(metrics, 'drydock_promotions_total')).toEqual([
    'drydock_promotions_total{environment="prod",cause="promotion"} 1',
    'drydock_promotions_total{environment="prod",cause="rollback"} 1',
  ]);
  expect(await samples(metrics, 'drydock_lead_time_seconds_sum')).toEqual([
    'drydock_lead_time_seconds_sum{environment="prod"} 60',
  ]);
});

it('shows what waits now, not what waited before', async () => {
  const metrics = new PromoterMetrics();
  const gates = [gate('health', 'passed'), gate('approval', 'pending')];
  metrics.settled(settled(verdict('wait', { gates }), verdict('wait', { gates }), verdict('current')));
  expect(await samples(metrics, 'drydock_gates{')).toEqual([
    'drydock_gates{environment="prod",gate="health",phase="passed"} 2',
    'drydock_gates{environment="prod",gate="approval",phase="pending"} 2',
  ]);
  metrics.settled(settled(verdict('current')));
  expect(await samples(metrics, 'drydock_gates{')).toEqual([]);
  expect(await samples(metrics, 'drydock_units{')).toEqual([
    'drydock_units{environment="prod",action="current"} 1',
  ]);
  expect(await samples(metrics, 'drydock_decisions_total{')).toEqual([
    'drydock_decisions_total{environment="prod",action="wait"} 2',
    'drydock_decisions_total{environment="prod",action="current"} 2',
  ]);
  expect(await samples(metrics, 'drydock_look_duration_seconds_count')).toEqual([
    'drydock_look_duration_seconds_count 2',
  ]);
});

it('follows hydrations in the log of events', async () => {
  const metrics = new PromoterMetrics();
  const events = new EventLog();
  metrics.follow(events);
  events.add({ type: 'hydrated', revision: 'a', units: [], milliseconds: 500 }, 0);
  events.add({ type: 'hydration-failed', revision: 'b', message: 'no' }, 0);
  expect(await samples(metrics, 'drydock_hydration_duration_seconds_sum')).toEqual([
    'drydock_hydration_duration_seconds_sum 0.5',
  ]);
  expect(await samples(metrics, 'drydock_hydration_failures_total')).toEqual([
    'drydock_hydration_failures_total 1',
  ]);
});

it('says whether this replica acts', async () => {
  let acts = false;
  const metrics = new PromoterMetrics(() => acts);
  expect(await samples(metrics, 'drydock_acting')).toEqual(['drydock_acting 0']);
  acts = true;
  expect(await samples(metrics, 'drydock_acting')).toEqual(['drydock_acting 1']);
});
