import { durationMilliseconds, type GateOf } from '@drydock/model';
import { z } from 'zod';
import type { GateFact } from '../decide/gates/gate-fact.ts';
import { reasonOf } from './check-probe.ts';
import { fillIn, type ProbeSubject } from './probe.ts';

/** Answer of `/api/v1/query_range` (https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries). */
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

const TIME_LIMIT = 10_000;
/** Samples that a period is looked at with. */
const SAMPLES = 60;

type MetricGate = GateOf<'metric'>;

/** Asks a Prometheus-compatible API whether every sample of the last period is on the right side of the threshold. */
export async function metricProbe(gate: MetricGate, subject: ProbeSubject, now: number): Promise<GateFact> {
  const period = durationMilliseconds(gate.for);
  const url = new URL(`${gate.server.replace(/\/$/, '')}/api/v1/query_range`);
  url.searchParams.set('query', fillIn(gate.query, subject));
  url.searchParams.set('start', String((now - period) / 1000));
  url.searchParams.set('end', String(now / 1000));
  url.searchParams.set('step', String(Math.max(1, Math.round(period / 1000 / SAMPLES))));
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIME_LIMIT) });
    if (!response.ok) return { phase: 'pending', reason: `the metrics server answered ${response.status}` };
    const answer = answerSchema.parse(await response.json());
    const samples = answer.data.result.flatMap(({ values }) => values.map(([, value]) => Number(value)));
    return judgeSamples(gate, samples);
  } catch (error) {
    return { phase: 'pending', reason: `the metrics server did not answer: ${reasonOf(error)}` };
  }
}

/** No sample at all says nothing, so it does not pass. */
export function judgeSamples(
  gate: Pick<MetricGate, 'compare' | 'threshold' | 'for'>,
  samples: readonly number[],
): GateFact {
  if (samples.length === 0) return { phase: 'pending', reason: 'the query has no samples yet' };
  const wrong = samples.filter((sample) => !holds(gate, sample));
  const rule = `${gate.compare} ${gate.threshold}`;
  if (wrong.length === 0) return { phase: 'passed', reason: `${rule} for ${gate.for}` };
  return { phase: 'failed', reason: `expected ${rule} for ${gate.for}, got ${wrong.at(-1)}` };
}

function holds({ compare, threshold }: Pick<MetricGate, 'compare' | 'threshold'>, sample: number): boolean {
  switch (compare) {
    case '<':
      return sample < threshold;
    case '<=':
      return sample <= threshold;
    case '>':
      return sample > threshold;
    case '>=':
      return sample >= threshold;
  }
}
