import { Hono } from 'hono';
import { GithubForge } from '../github.ts';
import type { WorldPull } from './forge-world.ts';
import { githubRequestCheck } from './github-requests.ts';
import { type FakeForge, page, TOKEN } from './serve-fake.ts';

const at = (version: number) => new Date(Date.UTC(2026, 5, 1, 0, 0, version)).toISOString();
const REVIEW = { approve: 'APPROVED', reject: 'CHANGES_REQUESTED', comment: 'COMMENTED' } as const;
const login = (name: string) => ({ login: name });

/** The part of GitHub's REST API that is used, as docs.github.com/rest describes it. */
export const fakeGithub: FakeForge = {
  name: 'github',
  prefix: '',
  authorization: `Bearer ${TOKEN}`,
  adapter: (options) => new GithubForge(options),
  routes(world) {
    const app = new Hono().basePath('/repos/harbor/fleet');
    app.use(githubRequestCheck());
    app.get('/pulls', ({ req }) => {
      const { state = 'open', head } = req.query();
      const found = world.pulls
        .filter((pull) => state === 'all' || (pull.state === 'open') === (state === 'open'))
        .filter((pull) => head === undefined || head === `harbor:${pull.branch}`)
        .toReversed();
      return page(req.url, found.map(pullOf), 'per_page');
    });
    app.post('/pulls', async (context) => {
      const { head, base, title, body } = await context.req.json();
      if (world.pulls.some((pull) => pull.branch === head && pull.state === 'open'))
        return context.json({ message: `A pull request already exists for harbor:${head}.` }, 422);
      return context.json(pullOf(world.openPull(head, { base, title, body })), 201);
    });
    app.get('/pulls/:number', (context) =>
      context.json(pullOf(world.pull(Number(context.req.param('number'))))),
    );
    app.patch('/pulls/:number', async (context) => {
      const pull = world.pull(Number(context.req.param('number')));
      Object.assign(pull, await context.req.json(), { version: pull.version + 1 });
      return context.json(pullOf(pull));
    });
    app.get('/pulls/:number/reviews', ({ req }) => {
      const { reviews } = world.pull(Number(req.param('number')));
      const answer = reviews.map(({ by, commit, verdict }) => ({
        user: login(by),
        state: REVIEW[verdict],
        commit_id: commit,
      }));
      return page(req.url, answer, 'per_page');
    });
    app.post('/issues/:number/comments', async (context) => {
      world.pull(Number(context.req.param('number'))).comments.push((await context.req.json()).body);
      return context.json({}, 201);
    });
    app.post('/statuses/:sha', async (context) => {
      const status = await context.req.json();
      world.statuses.push({ commit: context.req.param('sha'), status });
      return context.json({}, 201);
    });
    app.get('/commits/:sha/statuses', ({ req }) => {
      const found = world.statuses.filter(({ commit }) => commit === req.param('sha')).toReversed();
      return page(
        req.url,
        found.map(({ status }) => status),
        'per_page',
      );
    });
    app.get('/commits/:sha/pulls', (context) => {
      const opener = world.authors.get(context.req.param('sha'))?.opener;
      return context.json(opener === undefined ? [] : [{ user: login(opener) }]);
    });
    app.get('/commits/:sha', (context) => {
      const author = world.authors.get(context.req.param('sha'))?.author;
      return context.json({
        author: author === undefined ? null : login(author),
        committer: login('web-flow'),
      });
    });
    return app;
  },
};

function pullOf(pull: WorldPull) {
  return {
    number: pull.number,
    head: {
      ref: pull.branch,
      sha: pull.commit,
      repo: { full_name: pull.fork ? 'stranger/fleet' : 'Harbor/fleet' },
    },
    base: { ref: pull.base },
    title: pull.title,
    body: pull.body,
    state: pull.state === 'open' ? 'open' : 'closed',
    merged_at: pull.state === 'merged' ? at(pull.version) : null,
    merged_by: pull.mergedBy === undefined ? null : login(pull.mergedBy),
    updated_at: at(pull.version),
  };
}
