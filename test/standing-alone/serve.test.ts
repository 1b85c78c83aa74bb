import type { ServingPromoter } from '@drydock/promoter/serve';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENCE, type StandingAlone, standAlone, TOKEN } from './standing-alone.ts';

let world: StandingAlone;
let replicas: ServingPromoter[];
beforeAll(async () => {
  world = await standAlone();
  const lease = '  lease: { namespace: default }';
  replicas = [await world.replica('a', lease), await world.replica('b', lease)];
}, 60_000);
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await world.close();
});

const call = (replica: ServingPromoter, path: string, method = 'GET', body?: object) =>
  fetch(`${replica.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(body && { body: JSON.stringify(body) }),
  });
const acting = () => replicas.filter((replica) => replica.acts());

describe('two promoters that stand alone', () => {
  it('bring the first releases to the repository elsewhere, one of them acting', async () => {
    await vi.waitFor(async () => expect(await world.there('refs/heads/env/dev')).toHaveLength(1), PATIENCE);
    expect(acting()).toHaveLength(1);
    expect(await world.there('refs/drydock/hydrated')).not.toEqual([]);
  });

  it('answer the same questions, and take decisions only where one acts', async () => {
    const [leader] = acting();
    const follower = replicas.find((replica) => replica !== leader);
    if (leader === undefined || follower === undefined) throw new Error('expected one of each');
    await vi.waitFor(async () => {
      const answer = (await (await call(follower, '/api/v1/matrix')).json()) as { total: number };
      expect(answer.total).toBeGreaterThan(0);
    }, PATIENCE);
    const freeze = ['/api/v1/environments/prod/freeze', 'PUT', { reason: 'audit' }] as const;
    expect((await call(follower, ...freeze)).status).toBe(503);
    expect((await call(leader, ...freeze)).status).toBe(200);
    expect(await world.there('refs/drydock/state')).not.toEqual([]);
    const metrics = async (replica: ServingPromoter) => (await call(replica, '/metrics')).text();
    expect(await metrics(leader)).toMatch(/^drydock_acting 1$/m);
    expect(await metrics(follower)).toMatch(/^drydock_acting 0$/m);
  });

  it('go on with the other one when the one that acts has gone', async () => {
    const [leader] = acting();
    await leader?.close();
    await vi.waitFor(() => expect(acting()).toHaveLength(1), PATIENCE);
    const [next] = acting();
    expect(next).not.toBe(leader);
    if (next === undefined) throw new Error('expected one that acts');
    await vi.waitFor(async () => {
      const answer = await call(next, '/api/v1/environments/prod/freeze', 'DELETE');
      expect(answer.status).toBe(200);
    }, PATIENCE);
    replicas = [next];
  });
});
