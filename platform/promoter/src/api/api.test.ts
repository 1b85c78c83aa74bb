import { FILE_MODE, MemoryRepository, MemoryStore } from '@drydock/git';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenAuthenticator } from '../access/authenticator.ts';
import { silentLogger } from '../ports.ts';
import { Promoter } from '../promoter.ts';
import { STATE_REF } from '../state/state-store.ts';
import { FakeDelivery } from '../testing/fake-delivery.ts';
import { pushSketch, readSketch, type SketchInput, sketchHydrator } from '../testing/sketch.ts';
import { createApi } from './create-api.ts';

const NOW = Date.UTC(2026, 0, 5);
const SKETCH: SketchInput = {
  environments: [{ name: 'dev' }, { name: 'prod', after: ['dev'], gates: [{ type: 'approval', count: 1 }] }],
  units: {
    podinfo: { content: 'x', targets: { dev: ['dev'], prod: ['eu'] } },
    search: { team: 'search', content: 'x', targets: { dev: ['dev'] } },
  },
  access: [
    { user: 'dora', role: 'deployer', teams: ['demo'] },
    { user: 'dora', role: 'approver' },
    { user: 'anna', role: 'approver' },
    { user: 'vera', role: 'viewer' },
    { user: 'otto', role: 'admin' },
  ],
};

let disk: MemoryStore;
let repository: MemoryRepository;
let promoter: Promoter;
let api: ReturnType<typeof createApi>;

/** A promoter that has nothing left to do, and the API around it. */
async function start(): Promise<void> {
  const clock = { now: () => NOW };
  const rested = Promise.withResolvers<void>();
  promoter = new Promoter({
    repository,
    hydrator: sketchHydrator(repository),
    delivery: new FakeDelivery(),
    readFleet: readSketch,
    clock,
    timer: {
      start() {
        rested.resolve();
        return () => {};
      },
    },
  });
  const names = ['dora', 'anna', 'vera', 'otto'];
  const authenticator = tokenAuthenticator(names.map((name) => ({ name, token: `token-of-${name}` })));
  api = createApi({ promoter, repository, authenticator, clock, logger: silentLogger });
  await promoter.start();
  await rested.promise;
}

beforeEach(async () => {
  disk = new MemoryStore();
  repository = new MemoryRepository(disk);
  await pushSketch(repository, SKETCH, { by: 'dora', now: NOW });
  await start();
});
afterEach(() => promoter.close());

async function call(who: string | undefined, request: string, body?: unknown) {
  const [method = '', path = ''] = request.split(' ');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await api.request(`/api/v1${path}`, {
    method,
    headers: who === undefined ? {} : { authorization: `Bearer token-of-${who}` },
    ...(body !== undefined && { body: text }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const PROD = '/units/podinfo/environments/prod';
const everyRef = () => JSON.stringify([...disk.refs]);

interface Refusal {
  readonly title: string;
  readonly who?: string;
  readonly request: string;
  readonly body?: unknown;
  readonly status: number;
}

const REFUSALS: readonly Refusal[] = [
  { title: 'without a token', request: 'GET /matrix', status: 401 },
  { title: 'with a token that is nobody’s', who: 'mallory', request: 'GET /matrix', status: 401 },
  {
    title: 'by a viewer who wants to promote',
    who: 'vera',
    request: `POST ${PROD}/promotions`,
    body: {},
    status: 403,
  },
  {
    title: 'by a deployer of another team',
    who: 'dora',
    request: 'PUT /units/search/environments/dev/hold',
    body: { reason: 'x' },
    status: 403,
  },
  {
    title: 'by a deployer who wants to freeze',
    who: 'dora',
    request: 'PUT /environments/prod/freeze',
    body: { reason: 'x' },
    status: 403,
  },
  {
    title: 'by the requester who wants to approve',
    who: 'dora',
    request: `POST ${PROD}/approvals`,
    body: {},
    status: 403,
  },
  {
    title: 'for a unit that there is not',
    who: 'otto',
    request: 'POST /units/nothing/environments/prod/approvals',
    body: {},
    status: 404,
  },
  {
    title: 'for an environment that there is not',
    who: 'otto',
    request: 'PUT /environments/moon/freeze',
    body: { reason: 'x' },
    status: 404,
  },
  { title: 'for a path that there is not', who: 'otto', request: 'GET /nothing', status: 404 },
  {
    title: 'for a unit whose name is a path',
    who: 'otto',
    request: 'PUT /units/..%2F..%2Fstate/environments/prod/hold',
    body: { reason: 'x' },
    status: 404,
  },
  {
    title: 'for a unit whose name is a prototype',
    who: 'otto',
    request: 'PUT /units/__proto__/environments/prod/hold',
    body: { reason: 'x' },
    status: 404,
  },
  {
    title: 'for a release that there is not',
    who: 'anna',
    request: `POST ${PROD}/approvals`,
    body: { release: 'ffffffff' },
    status: 404,
  },
  {
    title: 'when nothing waits',
    who: 'anna',
    request: 'POST /units/podinfo/environments/dev/approvals',
    body: {},
    status: 409,
  },
  { title: 'when nothing is held', who: 'otto', request: `DELETE ${PROD}/hold`, status: 409 },
  {
    title: 'when nothing was there before',
    who: 'otto',
    request: 'POST /units/podinfo/environments/dev/rollbacks',
    body: {},
    status: 409,
  },
  { title: 'when nothing is frozen', who: 'otto', request: 'DELETE /environments/prod/freeze', status: 409 },
  {
    title: 'with a body that is too long',
    who: 'otto',
    request: `PUT ${PROD}/hold`,
    body: { reason: 'x'.repeat(70_000) },
    status: 413,
  },
  { title: 'with a body that is no JSON', who: 'otto', request: `PUT ${PROD}/hold`, body: '{', status: 422 },
  { title: 'without a reason', who: 'otto', request: `PUT ${PROD}/hold`, body: {}, status: 400 },
  {
    title: 'with an empty reason',
    who: 'otto',
    request: `PUT ${PROD}/hold`,
    body: { reason: ' ' },
    status: 400,
  },
  {
    title: 'with a time that is none',
    who: 'otto',
    request: 'PUT /environments/prod/freeze',
    body: { reason: 'x', until: 'soon' },
    status: 400,
  },
  { title: 'with a page that is none', who: 'vera', request: 'GET /matrix?page=0', status: 400 },
];

describe('the HTTP API', () => {
  it.each(REFUSALS)(
    'refuses a call $title with $status, and moves nothing',
    async ({ who, request, body, status }) => {
      const before = everyRef();
      const answer = await call(who, request, body);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ status, detail: expect.stringMatching(/./) });
      expect(everyRef()).toBe(before);
    },
  );

  it('says what waits, takes the approval of somebody else, and promotes', async () => {
    const { body } = await call('vera', 'GET /plan?unit=podinfo&environment=prod');
    expect(body).toMatchObject({
      verdicts: [{ action: 'wait', gates: [{ type: 'approval', phase: 'pending' }] }],
    });
    const approved = await call('anna', `POST ${PROD}/approvals`, { comment: 'fine' });
    expect(approved).toMatchObject({ status: 200, body: { verdict: { approvedBy: ['anna'] } } });
    const { message } = await repository.readCommit((await repository.resolve(STATE_REF)) ?? '');
    expect(message).toMatch(/^approve podinfo .* for prod\n\nBy: anna\n/);
  });

  it('says who one is', async () => {
    const { body } = await call('vera', 'GET /whoami');
    expect(body).toMatchObject({ name: 'vera', grants: [{ role: 'viewer' }] });
  });

  it('answers with 503 and moves nothing while what was decided cannot be read', async () => {
    const edits = new Map([['holds/prod/podinfo.json', { mode: FILE_MODE, oid: repository.writeBlob('{') }]]);
    const who = { name: 'x', email: 'x', at: NOW };
    const tree = await repository.editTree(undefined, edits);
    const to = repository.writeCommit({ tree, parents: [], author: who, committer: who, message: 'x\n' });
    await repository.commitRefs([{ ref: STATE_REF, from: undefined, to }], { reason: 'x' });
    const before = everyRef();
    expect(await call('vera', 'GET /plan')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining(STATE_REF) },
    });
    expect((await call('otto', `PUT ${PROD}/hold`, { reason: 'x' })).status).toBe(503);
    expect(everyRef()).toBe(before);
  });
});

describe('events', () => {
  async function firstIds(headers: Record<string, string>, count: number): Promise<readonly number[]> {
    const answer = await api.request('/api/v1/events', {
      headers: { authorization: 'Bearer token-of-vera', ...headers },
    });
    const reader = answer.body?.getReader();
    let text = '';
    while ((text.match(/^id: /gm)?.length ?? 0) < count) {
      text += new TextDecoder().decode((await reader?.read())?.value);
    }
    await reader?.cancel();
    return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)).slice(0, count);
  }

  it('come from the beginning, or from where one was', async () => {
    expect(await firstIds({}, 3)).toEqual([1, 2, 3]);
    expect(await firstIds({ 'last-event-id': '2' }, 1)).toEqual([3]);
  });

  it('come all when the promoter was started anew since', async () => {
    expect(await firstIds({ 'last-event-id': '4711' }, 2)).toEqual([1, 2]);
  });
});
