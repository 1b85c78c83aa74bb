import { Hono } from 'hono';
import { GitlabForge } from '../gitlab.ts';
import type { WorldPull } from './forge-world.ts';
import { type FakeForge, page, TOKEN } from './serve-fake.ts';

const STATE = { open: 'opened', closed: 'closed', merged: 'merged' } as const;

/** The part of GitLab's REST API that is used, as docs.gitlab.com/api describes it. */
export const fakeGitlab: FakeForge = {
  name: 'gitlab',
  prefix: '/api/v4/projects',
  authorization: `Bearer ${TOKEN}`,
  adapter: (options) => new GitlabForge(options),
  routes(world) {
    const app = new Hono().basePath('/:project{harbor%2Ffleet|harbor/fleet}');
    app.get('/merge_requests', ({ req }) => {
      const { state, source_branch } = req.query();
      const found = world.pulls
        .filter((pull) => state === undefined || STATE[pull.state] === state)
        .filter((pull) => source_branch === undefined || pull.branch === source_branch)
        .toReversed();
      return page(req.url, found.map(requestOf), 'per_page');
    });
    app.post('/merge_requests', async (context) => {
      const { source_branch, target_branch: base, title, description: body } = await context.req.json();
      if (world.pulls.some((pull) => pull.branch === source_branch && pull.state === 'open'))
        return context.json(
          { message: ['Another open merge request already exists for this source branch'] },
          409,
        );
      return context.json(requestOf(world.openPull(source_branch, { base, title, body })), 201);
    });
    app.put('/merge_requests/:iid', async (context) => {
      const pull = world.pull(Number(context.req.param('iid')));
      const { title = pull.title, description = pull.body, state_event } = await context.req.json();
      Object.assign(pull, { title, body: description, version: pull.version + 1 });
      if (state_event === 'close') pull.state = 'closed';
      return context.json(requestOf(pull));
    });
    app.get('/merge_requests/:iid/approvals', (context) => {
      const { reviews } = world.pull(Number(context.req.param('iid')));
      const last = new Map(
        reviews.filter(({ verdict }) => verdict !== 'comment').map((review) => [review.by, review]),
      );
      const approving = [...last.values()].filter(({ verdict }) => verdict === 'approve');
      return context.json({ approved_by: approving.map(({ by }) => ({ user: { username: by } })) });
    });
    app.post('/merge_requests/:iid/notes', async (context) => {
      world.pull(Number(context.req.param('iid'))).comments.push((await context.req.json()).body);
      return context.json({}, 201);
    });
    app.post('/statuses/:sha', async (context) => {
      const commit = context.req.param('sha');
      const { name, state, description } = await context.req.json();
      const known = state === 'failed' ? 'failure' : state;
      const before = world.statuses.findLast(
        ({ commit: sha, status }) => sha === commit && status.context === name,
      );
      if (before?.status.state === known)
        return context.json({ message: `Cannot transition status via :enqueue from :${state}` }, 400);
      world.statuses.push({ commit, status: { context: name, state: known, description } });
      return context.json({}, 201);
    });
    app.get('/repository/commits/:sha/statuses', ({ req }) => {
      const found = world.statuses.flatMap(({ commit, status: { context, state, description } }, id) =>
        commit === req.param('sha')
          ? [{ id, name: context, status: state === 'failure' ? 'failed' : state, description }]
          : [],
      );
      return page(req.url, found, 'per_page');
    });
    app.get('/repository/commits/:sha/merge_requests', ({ req }) => {
      const opener = world.authors.get(req.param('sha') ?? '')?.opener;
      const request = world.pulls[0] ?? EMPTY;
      const found = opener === undefined ? [] : [{ ...requestOf(request), author: { username: opener } }];
      return page(req.url, found, 'per_page');
    });
    return app;
  },
};

const EMPTY: WorldPull = {
  number: 0,
  branch: 'change',
  base: 'main',
  fork: false,
  commit: '',
  title: '',
  body: '',
  state: 'merged',
  version: 0,
  comments: [],
  reviews: [],
};

function requestOf(pull: WorldPull) {
  return {
    iid: pull.number,
    source_branch: pull.branch,
    target_branch: pull.base,
    source_project_id: pull.fork ? 2 : 1,
    target_project_id: 1,
    sha: pull.commit,
    title: pull.title,
    description: pull.body,
    state: STATE[pull.state],
    author: { username: 'drydock' },
    merge_user: pull.mergedBy === undefined ? null : { username: pull.mergedBy },
    updated_at: new Date(Date.UTC(2026, 5, 1, 0, 0, pull.version)).toISOString(),
  };
}
