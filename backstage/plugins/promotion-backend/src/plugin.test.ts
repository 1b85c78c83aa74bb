import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import permissionBackend from '@backstage/plugin-permission-backend';
import { notificationService } from '@backstage/plugin-notifications-node';
import permissionPolicy from '@drydock/plugin-permission-backend-module-drydock';
import { matrixView, unitView } from '@drydock/plugin-promotion-common';
import request from 'supertest';
import { promotionPlugin } from './plugin';
import { startFleet, TestFleet } from './__testUtils__/startFleet';

jest.setTimeout(120_000);

const header = (user: string) => mockCredentials.user.header(`user:default/${user}`);

const silentNotifications = createServiceFactory({
  service: notificationService,
  deps: {},
  factory: () => ({ send: async () => undefined }),
});

async function startBackend(
  promoter: { url: string; keyFile: string },
  extra: Parameters<typeof startTestBackend>[0]['features'] = [
    mockServices.httpAuth.factory({ defaultCredentials: mockCredentials.none() }),
  ],
) {
  const { server } = await startTestBackend({
    features: [
      promotionPlugin,
      silentNotifications,
      mockServices.rootConfig.factory({
        data: { drydock: { promoter }, permission: { enabled: extra.length > 1 } },
      }),
      ...extra,
    ],
  });
  return request(server);
}

describe('the promotion backend before a real promoter', () => {
  let fleet: TestFleet;
  let api: ReturnType<typeof request>;
  const prod = '/api/promotion/units/checkout/environments/prod';

  const get = (path: string, user = 'developer') =>
    api.get(`/api/promotion${path}`).set('authorization', header(user));

  const until = async <T>(look: () => Promise<T>, isSo: (seen: T) => boolean) => {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const seen = await look();
      if (isSo(seen)) return seen;
      if (Date.now() > deadline) throw new Error(`last seen: ${JSON.stringify(seen)}`);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };

  const prodVerdict = async () =>
    unitView
      .parse((await get('/units/checkout')).body)
      .cells.find(({ environment }) => environment === 'prod')?.verdict;

  beforeAll(async () => {
    fleet = await startFleet();
    api = await startBackend(fleet);
    await until(
      async () => (await get('/units/checkout')).body,
      body => body.unit === 'checkout',
    );
    await until(prodVerdict, verdict => verdict?.gates.some(({ type }) => type === 'approval') ?? false);
  });

  afterAll(() => fleet?.stop());

  it('knows nobody who has not signed in', async () => {
    for (const path of ['/matrix', '/whoami', '/units/checkout', '/fleet']) {
      expect((await api.get(`/api/promotion${path}`)).status).toBe(401);
    }
    expect((await api.post(`${prod}/approvals`).send({})).status).toBe(401);
  });

  it('tells the promoter who the user is', async () => {
    const { body } = await get('/whoami', 'operator');
    expect(body).toMatchObject({ name: 'operator', grants: [{ role: 'admin' }] });
  });

  it('passes the matrix on, page by page', async () => {
    const { body, status } = await get('/matrix?pageSize=1&page=2');
    expect(status).toBe(200);
    const matrix = matrixView.parse(body);
    expect(matrix.rows).toHaveLength(1);
    expect(matrix.total).toBeGreaterThan(1);
  });

  it('refuses a query that makes no sense', async () => {
    expect((await get('/matrix?pageSize=100000')).status).toBe(400);
    expect((await get('/history?limit=minus')).status).toBe(400);
  });

  it('says that there is no such unit, also when its name is hostile', async () => {
    const { status, body } = await get('/units/nowhere');
    expect(status).toBe(404);
    expect(body.error.message).toContain('no unit "nowhere"');
    expect((await get(`/units/${encodeURIComponent('../../healthz')}`)).status).toBe(404);
    expect((await get(`/units/${encodeURIComponent('<script>')}`)).status).toBe(404);
  });

  it('shows the difference of a promotion', async () => {
    const { body } = await get('/units/checkout/environments/prod/diff');
    expect(body.clusters.map(({ cluster }: { cluster: string }) => cluster)).toContain('prod-eu');
    expect(body.clusters[0].patch).toContain('+kind: Deployment');
  });

  it('leaves it to the promoter to refuse, whatever Backstage allows', async () => {
    const { status, body } = await api
      .post(`${prod}/approvals`)
      .set('authorization', header('viewer'))
      .send({});
    expect(status).toBe(403);
    expect(body.error.message).toContain('viewer may not approve');
  });

  it('does not let the requester approve', async () => {
    const { status, body } = await api
      .post(`${prod}/approvals`)
      .set('authorization', header('developer'))
      .send({});
    expect(status).toBe(403);
    expect(body.error.message).toContain('cannot approve');
  });

  it('refuses to approve a release that is not the one that waits', async () => {
    const response = await api
      .post(`${prod}/approvals`)
      .set('authorization', header('operator'))
      .send({ release: 'deadbeefdeadbeef' });
    expect(response.status).toBe(404);
  });

  it('takes one of two approvals that come at once, and does nothing twice', async () => {
    const release = (await prodVerdict())?.candidate?.id;
    const approve = () =>
      api.post(`${prod}/approvals`).set('authorization', header('operator')).send({ release });
    const answers = await Promise.all([approve(), approve()]);
    expect(answers.map(({ status }) => status)).toContain(200);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    await until(prodVerdict, verdict => verdict?.action === 'current');
    const { body } = await get('/history?unit=checkout&environment=prod');
    expect(body.entries.every((entry: { approvedBy: string[] }) => entry.approvedBy.length === 1)).toBe(true);
    expect((await approve()).status).toBe(409);
  });

  it('says 409 where there is nothing to go back to', async () => {
    const { status, body } = await api
      .post(`${prod}/rollbacks`)
      .set('authorization', header('developer'))
      .send({});
    expect(status).toBe(409);
    expect(body.error.message).toContain('nothing was active before');
  });

  it('asks the permission system first', async () => {
    const guarded = await startBackend(fleet, [permissionBackend, permissionPolicy]);
    const freeze = (user: string) =>
      guarded
        .put('/api/promotion/environments/prod/freeze')
        .set('authorization', header(user))
        .send({ reason: 'a sale' });
    const refused = await freeze('viewer');
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('promotion.override for prod');
    expect((await freeze('operator')).status).toBe(200);
  });

  it('says that the promoter does not answer', async () => {
    const lonely = await startBackend({ ...fleet, url: 'http://127.0.0.1:9' });
    const { status, body } = await lonely
      .get('/api/promotion/matrix')
      .set('authorization', header('developer'));
    expect(status).toBe(503);
    expect(body.error.message).toContain('does not answer');
  });
});
