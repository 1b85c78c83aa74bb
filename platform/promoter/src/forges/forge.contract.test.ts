import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forge } from './forge.ts';
import { fakeGitea } from './testing/fake-gitea.ts';
import { fakeGithub } from './testing/fake-github.ts';
import { fakeGitlab } from './testing/fake-gitlab.ts';
import type { ForgeWorld, RunningForge } from './testing/forge-world.ts';
import { NOW, serveFake, TOKEN } from './testing/serve-fake.ts';

const COMMIT = 'c'.repeat(40);
const OTHER = 'd'.repeat(40);
const REVISION = 'a'.repeat(40);
const BRANCH = 'promote/prod/cart';
const TEXT = { base: 'env/prod', title: 'Promote cart', body: 'What it changes.' };

describe.each([fakeGithub, fakeGitlab, fakeGitea])('the adapter of $name', (fake) => {
  let running: RunningForge;
  let world: ForgeWorld;
  let forge: Forge;
  beforeEach(async () => {
    running = await serveFake(fake);
    ({ world, forge } = running);
    world.branches.set(BRANCH, COMMIT);
  });
  afterEach(() => running.close());

  const only = async () => {
    const [pullRequest] = await forge.openPullRequests('promote/');
    if (pullRequest === undefined) throw new Error('expected an open pull request');
    return pullRequest;
  };

  it('opens a pull request, and finds it again as it was meant', async () => {
    expect(await forge.openPullRequests('promote/')).toEqual([]);
    await forge.open({ branch: BRANCH, ...TEXT });
    expect(await only()).toMatchObject({ number: 1, branch: BRANCH, commit: COMMIT, state: 'open', ...TEXT });
  });

  it('edits, comments and closes', async () => {
    await forge.open({ branch: BRANCH, ...TEXT });
    await forge.edit(1, { title: 'Promote cart 2', body: 'More.' });
    expect(await only()).toMatchObject({ title: 'Promote cart 2', body: 'More.', state: 'open' });
    await forge.comment(1, 'Superseded.');
    await forge.close(1);
    expect(await forge.openPullRequests('promote/')).toEqual([]);
    expect(world.pull(1).comments).toEqual(['Superseded.']);
    expect(await forge.latestPullRequest(BRANCH)).toMatchObject({
      number: 1,
      state: 'closed',
      commit: COMMIT,
    });
  });

  it('knows the newest from a branch, who merged it, and that there is none', async () => {
    expect(await forge.latestPullRequest(BRANCH)).toBeUndefined();
    world.openPull(BRANCH, TEXT).state = 'closed';
    Object.assign(world.openPull(BRANCH, TEXT), { state: 'merged', mergedBy: 'ada', version: 2 });
    expect(await forge.latestPullRequest(BRANCH)).toMatchObject({
      number: 2,
      state: 'merged',
      mergedBy: 'ada',
    });
  });

  it('passes over what comes from forks, and from other branches', async () => {
    world.openPull(BRANCH, { ...TEXT, fork: true });
    world.openPull('feature/x', TEXT);
    expect(await forge.openPullRequests('promote/')).toEqual([]);
    expect(await forge.latestPullRequest(BRANCH)).toBeUndefined();
  });

  it('reads every page', async () => {
    for (let count = 0; count < 130; count += 1) world.openPull(`promote/prod/unit-${count}`, TEXT);
    expect(await forge.openPullRequests('promote/')).toHaveLength(130);
  });

  it('takes the last word of each reviewer', async () => {
    await forge.open({ branch: BRANCH, ...TEXT });
    world.review(1, 'ada', 'approve');
    world.review(1, 'ada', 'comment');
    world.review(1, 'ben', 'approve');
    world.review(1, 'ben', 'reject');
    world.review(1, 'cleo', 'comment');
    expect(await forge.approvals(await only())).toEqual(['ada']);
  });

  it.skipIf(fake.name === 'gitlab')('does not take the approval of another commit', async () => {
    await forge.open({ branch: BRANCH, ...TEXT });
    world.review(1, 'ada', 'approve', OTHER);
    expect(await forge.approvals(await only())).toEqual([]);
  });

  it('tells that something has happened to a pull request by its version', async () => {
    await forge.open({ branch: BRANCH, ...TEXT });
    const before = (await only()).version;
    expect((await only()).version).toBe(before);
    world.review(1, 'ada', 'approve');
    expect((await only()).version).not.toBe(before);
  });

  it('shows the newest status of each context', async () => {
    const status = (state: 'pending' | 'success' | 'failure') => ({
      context: 'drydock/prod/approval',
      state,
      description: `it is ${state}`,
    });
    await forge.setStatus(COMMIT, status('pending'));
    await forge.setStatus(COMMIT, status('failure'));
    await forge.setStatus(COMMIT, { ...status('success'), context: 'drydock/prod/health' });
    await forge.setStatus(OTHER, status('success'));
    const shown = await forge.statuses(COMMIT);
    expect(shown).toHaveLength(2);
    expect(shown).toContainEqual(status('failure'));
  });

  it('bears setting the same state again', async () => {
    const status = { context: 'drydock/prod/soak', state: 'pending', description: 'soon' } as const;
    await forge.setStatus(COMMIT, status);
    await forge.setStatus(COMMIT, { ...status, description: 'sooner' });
    expect(await forge.statuses(COMMIT)).toHaveLength(1);
  });

  it('knows who had a hand in a revision', async () => {
    expect(await forge.authors(REVISION)).toEqual([]);
    world.authors.set(REVISION, { author: 'ada', opener: 'ben' });
    expect(await forge.authors(REVISION)).toEqual(fake.name === 'gitlab' ? ['ben'] : ['ben', 'ada']);
  });

  it.each([
    [429, { 'retry-after': '90' }, 90_000],
    [403, { 'retry-after': '90' }, 90_000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 600) }, 600_000],
    [403, {}, 60_000],
  ])('passes on how long it wants to be left alone: %i %o', async (status, headers, wait) => {
    const body = { message: 'You have exceeded a secondary rate limit.' };
    world.refusal = { status, headers: headers as Record<string, string>, body };
    await expect(forge.open({ branch: BRANCH, ...TEXT })).rejects.toMatchObject({
      name: 'ForgeLimitedError',
      until: NOW + wait,
    });
    expect(world.requests).toHaveLength(1);
  });

  it.each([401, 403, 404, 500])(
    'does not take a status of %i for a limit, and names no token',
    async (status) => {
      world.refusal = { status, headers: {}, body: { message: 'no' } };
      const error = (await forge.openPullRequests('promote/').catch((cause: unknown) => cause)) as Error;
      expect(error.name).toBe('UnavailableError');
      expect(JSON.stringify([error.message, error.stack])).not.toContain(TOKEN);
    },
  );

  it('says that nobody answers', async () => {
    await running.close();
    await expect(forge.openPullRequests('promote/')).rejects.toMatchObject({ name: 'UnavailableError' });
  });
});
