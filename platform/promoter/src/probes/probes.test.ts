import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gateSchema } from '@drydock/model';
import { afterEach, describe, expect, it } from 'vitest';
import type { Release } from '../releases/release.ts';
import { signWebhook } from '../webhooks/github.ts';
import { checkProbe } from './check-probe.ts';
import { judgeSamples, metricProbe } from './metric-probe.ts';
import { brokenBy } from './policy-probe.ts';

const RELEASE = { id: 'abc', unit: 'app', revision: 'def' } as Release;
const SUBJECT = { environment: 'prod', release: RELEASE };
const noSecret = async () => undefined;

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

function gate<Type extends 'check' | 'metric'>(type: Type, fields: object) {
  return gateSchema.parse({ type, name: 'smoke', ...fields }) as Extract<
    ReturnType<typeof gateSchema.parse>,
    { type: Type }
  >;
}

describe('a policy', () => {
  const deployment = { kind: 'Deployment', metadata: { name: 'app' }, spec: { replicas: 1 } };

  it.each([
    ['true of every object', 'object.kind != "Deployment" || object.spec.replicas >= 1', []],
    ['false of one', 'object.kind != "Deployment" || object.spec.replicas >= 2', ['Deployment app']],
    ['about a field that is missing', 'object.spec.strategy.type == "Recreate"', ['Deployment app']],
    ['not a condition', '"yes"', ['Deployment app']],
  ])('that is %s', (_, expression, broken) => {
    expect(brokenBy(expression, [deployment])).toEqual(broken);
  });
});

describe('a check', () => {
  it('asks with a signed question that names the release', async () => {
    let seen = { body: '', signature: '', url: '' };
    const url = await serve(async (request, response) => {
      const body = await new Response(request as never).text();
      seen = { body, signature: String(request.headers['x-hub-signature-256']), url: request.url ?? '' };
      response.end(JSON.stringify({ phase: 'passed', reason: 'all green' }));
    });
    const fact = await checkProbe(
      gate('check', { url: `${url}/{unit}`, secret: 'ci' }),
      SUBJECT,
      async () => 'key',
    );
    expect(fact).toEqual({ phase: 'passed', reason: 'all green' });
    expect(seen.url).toBe('/app');
    expect(JSON.parse(seen.body)).toEqual({
      check: 'smoke',
      unit: 'app',
      environment: 'prod',
      release: 'abc',
      revision: 'def',
    });
    expect(seen.signature).toBe(signWebhook('key', seen.body));
  });

  it.each([
    ['an error', 500, '{}', 'the check answered 500'],
    [
      'nonsense',
      200,
      '{"phase":"maybe"}',
      'the check did not answer: its answer is not of the form that was agreed on',
    ],
    ['no JSON', 200, 'ok', 'the check did not answer: SyntaxError'],
  ])('stays closed when the answer is %s', async (_, status, body, reason) => {
    const url = await serve((_request, response) => response.writeHead(status).end(body));
    expect(await checkProbe(gate('check', { url }), SUBJECT, noSecret)).toEqual({ phase: 'pending', reason });
  });

  it('stays closed when nobody answers, or when its key is missing', async () => {
    const nobody = await checkProbe(gate('check', { url: 'http://127.0.0.1:1/' }), SUBJECT, noSecret);
    expect(nobody).toMatchObject({ phase: 'pending', reason: expect.stringContaining('did not answer') });
    const keyless = await checkProbe(
      gate('check', { url: 'http://127.0.0.1:1/', secret: 'ci' }),
      SUBJECT,
      noSecret,
    );
    expect(keyless).toEqual({ phase: 'pending', reason: 'the promoter has no secret "ci"' });
  });
});

describe('a metric', () => {
  const rule = { compare: '<', threshold: 0.01, for: '10m' } as const;

  it.each([
    ['every sample on the right side', [0, 0.005], { phase: 'passed', reason: '< 0.01 for 10m' }],
    [
      'one sample on the wrong side',
      [0, 0.5],
      { phase: 'failed', reason: 'expected < 0.01 for 10m, got 0.5' },
    ],
    ['no sample', [], { phase: 'pending', reason: 'the query has no samples yet' }],
    [
      'a sample that is not a number',
      [Number.NaN],
      { phase: 'failed', reason: 'expected < 0.01 for 10m, got NaN' },
    ],
  ])('with %s', (_, samples, fact) => {
    expect(judgeSamples(rule, samples)).toEqual(fact);
  });

  it('asks for the last period and fills in the unit', async () => {
    let asked = new URLSearchParams();
    const url = await serve((request, response) => {
      asked = new URL(request.url ?? '', 'http://localhost').searchParams;
      response.end(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'matrix', result: [{ values: [[1, '0.001']] }] },
        }),
      );
    });
    const query = 'sum(rate(errors{app="{unit}"}[1m]))';
    const fact = await metricProbe(gate('metric', { ...rule, server: url, query }), SUBJECT, 1_000_000);
    expect(fact.phase).toBe('passed');
    expect(Object.fromEntries(asked)).toMatchObject({
      query: 'sum(rate(errors{app="app"}[1m]))',
      start: '400',
      end: '1000',
    });
  });
});
