import { Hono } from 'hono';
import { GiteaForge } from '../gitea.ts';
import type { WorldPull } from './forge-world.ts';
import { type FakeForge, page, TOKEN } from './serve-fake.ts';

const REVIEW = { approve: 'APPROVED', reject: 'REQUEST_CHANGES', comment: 'COMMENT' } as const;
const login = (name: string) => ({ login: name });

/** The part of Gitea's and Forgejo's API that is used, as their Swagger document describes it. */
export const fakeGitea: FakeForge = {
  name: 'gitea',
  prefix: '/api/v1',
  authorization: `token ${TOKEN}`,
  adapter: (options) => new GiteaForge(options),
  routes(world) {
    const app = new Hono().basePath('/repos/harbor/fleet');
    app.get('/pulls', ({ req }) => {
      const { state } = req.query();
      const found = world.pulls
        .filter((pull) => state === 'all' || (pull.state === 'open') === (state === 'open'))
        .toSorted((a, b) => b.version - a.version);
      return page(req.url, found.map(pullOf), 'limit');
    });
    app.post('/pulls', async (context) => {
      const { head, base, title, body } = await context.req.json();
      if (world.pulls.some((pull) => pull.branch === head && pull.state === 'open'))
        return context.json({ message: 'pull request already exists for these targets' }, 409);
      return context.json(pullOf(world.openPull(head, { base, title, body })), 201);
    });
    app.patch('/pulls/:index', async (context) => {
      const pull = world.pull(Number(context.req.param('index')));
      Object.assign(pull, await context.req.json(), { version: pull.version + 1 });
      return context.json(pullOf(pull), 201);
    });
    app.get('/pulls/:index/reviews', ({ req }) => {
      const { reviews } = world.pull(Number(req.param('index')));
      const answer = reviews.map(({ by, commit, verdict }) => ({
        user: login(by),
        state: REVIEW[verdict],
        commit_id: commit,
        dismissed: false,
      }));
      return page(req.url, answer, 'limit');
    });
    app.post('/issues/:index/comments', async (context) => {
      world.pull(Number(context.req.param('index'))).comments.push((await context.req.json()).body);
      return context.json({}, 201);
    });
    app.post('/statuses/:sha', async (context) => {
      world.statuses.push({ commit: context.req.param('sha'), status: await context.req.json() });
      return context.json({}, 201);
    });
    app.get('/commits/:sha/statuses', ({ req }) => {
      const found = world.statuses.flatMap(({ commit, status: { context, state, description } }, id) =>
        commit === req.param('sha') ? [{ id, context, status: state, description }] : [],
      );
      return page(req.url, found, 'limit');
    });
    app.get('/commits/:sha/pull', (context) => {
      const opener = world.authors.get(context.req.param('sha'))?.opener;
      if (opener === undefined) return context.json({ message: 'not found' }, 404);
      const number = 0;
      const pull = { ...world.pulls[0], number, branch: 'change', base: 'main', version: 0 } as WorldPull;
      return context.json({ ...pullOf({ ...pull, title: '', body: '', commit: '' }), user: login(opener) });
    });
    app.get('/git/commits/:sha', (context) => {
      const author = world.authors.get(context.req.param('sha'))?.author;
      return context.json({ author: author === undefined ? null : login(author), committer: null });
    });
    return app;
  },
};

function pullOf(pull: WorldPull) {
  return {
    number: pull.number,
    head: { ref: pull.branch, sha: pull.commit, repo_id: pull.fork ? 2 : 1 },
    base: { ref: pull.base, sha: '', repo_id: 1 },
    title: pull.title,
    body: pull.body,
    state: pull.state === 'open' ? 'open' : 'closed',
    merged: pull.state === 'merged',
    merged_by: pull.mergedBy === undefined ? null : login(pull.mergedBy),
    user: login('drydock'),
    updated_at: new Date(Date.UTC(2026, 5, 1, 0, 0, pull.version)).toISOString(),
  };
}
