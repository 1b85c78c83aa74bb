import { beforeEach, describe, expect, it } from 'vitest';
import { ForgeLimitedError } from './forge.ts';
import { Harbor } from './testing/harbor.ts';

const BRANCH = 'promote/prod/app';
let harbor: Harbor;
beforeEach(async () => {
  harbor = new Harbor();
  await harbor.stands(1);
  harbor.scenario.releases(2).has('dev', 2).has('prod', 1);
});

const open = () => harbor.world.pulls.filter(({ state }) => state === 'open');
const approvals = async () => (await harbor.state.load()).state.approvals.get('prod')?.get('app') ?? [];
const calls = (name: string) => harbor.forge.calls.filter((call) => call === name).length;

describe('a release that waits for an approval', () => {
  it('gets one pull request that shows its bytes, its gates and what approving means', async () => {
    await harbor.visit();
    const [pull, ...others] = open();
    expect(others).toEqual([]);
    expect(pull).toMatchObject({
      branch: BRANCH,
      base: 'env/prod',
      title: 'Promote app to 22222222 in prod',
    });
    expect(pull?.body).toContain('`change 2`');
    expect(pull?.body).toContain('approval');
    const shown = await harbor.repository.readFile(`${pull?.commit}:prod-1/units/app/app.yaml`);
    expect(String(shown)).toBe('app 2\n');
    expect(harbor.world.statuses.map(({ status }) => status.context)).toEqual(['drydock/prod/approval']);
  });

  it('keeps it, and says nothing again, while nothing changes, also after a restart', async () => {
    await harbor.visit();
    await harbor.visit();
    harbor.restart();
    await harbor.visit();
    expect(open()).toHaveLength(1);
    expect([calls('open'), calls('edit'), calls('close')]).toEqual([1, 0, 0]);
  });

  it('keeps it when other units move in the same environment', async () => {
    await harbor.visit();
    await harbor.stands(7, 'other');
    await harbor.visit();
    expect([calls('open'), calls('close')]).toEqual([1, 0]);
  });

  it('gets another one when a newer release supersedes it; the former is closed with a word', async () => {
    await harbor.visit();
    harbor.scenario.releases(3).has('dev', 3);
    await harbor.visit();
    expect(open()).toMatchObject([{ number: 2, title: 'Promote app to 33333333 in prod' }]);
    expect(harbor.world.pull(1)).toMatchObject({
      state: 'closed',
      comments: [expect.stringContaining('33333333')],
    });
  });

  it('keeps it after the approval until its other gates are open too', async () => {
    const gates = [{ type: 'soak' as const, for: '1h' }, { type: 'approval' as const }];
    harbor = new Harbor([{ name: 'dev' }, { name: 'prod', after: ['dev'], gates }]);
    await harbor.stands(1);
    harbor.scenario.releases(2).has('dev', 2).has('prod', 1);
    await harbor.visit();
    harbor.world.review(1, 'ada', 'approve');
    await harbor.visit();
    await harbor.visit();
    expect(await approvals()).toHaveLength(1);
    expect(open()).toMatchObject([{ number: 1, body: expect.stringContaining('approved by ada') }]);
    const shown = harbor.world.statuses.map(({ status }) => `${status.context} ${status.state}`);
    expect(shown).toEqual([
      'drydock/prod/soak pending',
      'drydock/prod/approval pending',
      'drydock/prod/approval success',
    ]);
  });

  it('has none any more, and no branch, when it has entered', async () => {
    await harbor.visit();
    await harbor.stands(2);
    harbor.scenario.has('prod', 2);
    await harbor.visit();
    expect(open()).toEqual([]);
    expect(await harbor.repository.listRefs('refs/heads/promote/')).toEqual([]);
  });

  it('gets none when it would change nothing', async () => {
    await harbor.stands(2);
    await harbor.visit();
    expect(harbor.world.pulls).toEqual([]);
  });

  it('is not proposed again after a person has closed it, until there is another release', async () => {
    await harbor.visit();
    harbor.world.pull(1).state = 'closed';
    await harbor.visit();
    await harbor.visit();
    expect(calls('open')).toBe(1);
    harbor.scenario.releases(3).has('dev', 3);
    await harbor.visit();
    expect(open()).toMatchObject([{ number: 2 }]);
  });

  it('gets its pull request after all when the promoter was killed right before it', async () => {
    harbor.forge.open = async () => {
      throw new Error('killed');
    };
    await expect(harbor.visit()).rejects.toThrow('killed');
    Reflect.deleteProperty(harbor.forge, 'open');
    harbor.restart();
    await harbor.visit();
    expect(open()).toHaveLength(1);
  });

  it('gets it where the environment has nothing yet, on an empty beginning', async () => {
    const fresh = new Harbor();
    fresh.scenario.releases(1).has('dev', 1);
    await fresh.visit();
    expect(fresh.world.pulls).toMatchObject([{ base: 'env/prod', state: 'open' }]);
  });

  it('shares one with the units of its set', async () => {
    harbor.scenario
      .releases(2, { unit: 'web' })
      .has('dev', 2, { unit: 'web' })
      .has('prod', 1, { unit: 'web' });
    await harbor.stands(1, 'web');
    const units = { app: 'app-2', web: 'web-2' };
    const at = new Date(harbor.now).toISOString();
    harbor.sets = [{ id: 'train-1', by: 'ada', at, environments: ['prod'], units }];
    await harbor.visit();
    expect(open()).toMatchObject([{ branch: 'promote/prod/train-1' }]);
    expect(open()[0]?.body).toMatch(/`app`[\s\S]*`web`/);
  });
});

describe('an approval on the forge', () => {
  it('becomes one of exactly that release, once', async () => {
    await harbor.visit();
    harbor.world.review(1, 'ada', 'approve');
    await harbor.visit();
    await harbor.visit();
    expect(await approvals()).toMatchObject([{ by: 'ada', release: 'app-2', comment: 'world #1' }]);
  });

  it('counts when it is given by merging', async () => {
    await harbor.visit();
    Object.assign(harbor.world.pull(1), { state: 'merged', mergedBy: 'ada' });
    await harbor.visit();
    expect(await approvals()).toMatchObject([{ by: 'ada', release: 'app-2' }]);
  });

  it('does not count of somebody who may not approve', async () => {
    await harbor.visit();
    harbor.world.review(1, 'mallory', 'approve');
    await harbor.visit();
    expect(await approvals()).toEqual([]);
  });

  it('does not count of the author of the change, whatever name the commit bears', async () => {
    harbor.world.authors.set('2'.repeat(40), { author: 'web-flow', opener: 'ada' });
    await harbor.visit();
    harbor.world.review(1, 'ada', 'approve');
    await harbor.visit();
    expect(await approvals()).toEqual([]);
  });

  it('does not count for a commit that somebody else has pushed to the branch', async () => {
    await harbor.visit();
    const pull = { ...harbor.world.pull(1) };
    const ref = `refs/heads/${BRANCH}`;
    const { tree } = await harbor.repository.readCommit(pull.commit);
    const who = { name: 'mallory', email: 'm@example.com', at: 0 };
    const commit = { tree, parents: [pull.commit], author: who, committer: who, message: 'mine\n' };
    const to = harbor.repository.writeCommit(commit);
    await harbor.repository.commitRefs([{ ref, from: pull.commit, to }], { reason: 'test' });
    harbor.world.review(1, 'ada', 'approve', to);
    await harbor.visit();
    expect(await approvals()).toEqual([]);
    expect(open()).toMatchObject([{ number: 2, commit: pull.commit }]);
    expect(harbor.world.pull(1).state).toBe('closed');
  });

  it('is known here by another name where it is told so', async () => {
    harbor.restart({ users: { 'ada-lovelace': 'ada' } });
    await harbor.visit();
    harbor.world.review(1, 'ada-lovelace', 'approve');
    await harbor.visit();
    expect(await approvals()).toMatchObject([{ by: 'ada' }]);
  });
});

describe('the requester of a revision', () => {
  it('is who opened its pull request, by the name here, or unknown', async () => {
    harbor.restart({ users: { 'ben-hur': 'ben' } });
    harbor.world.authors.set('1'.repeat(40), { opener: 'ben-hur', author: 'ada' });
    expect(await harbor.sync.requesterOf('1'.repeat(40))).toBe('ben');
    expect(await harbor.sync.requesterOf('2'.repeat(40))).toBeUndefined();
  });

  it('is not guessed while the forge cannot be asked, and the forge is not asked again at once', async () => {
    let asked = 0;
    harbor.forge.authors = async () => {
      asked += 1;
      throw new ForgeLimitedError('world', harbor.now + 90_000);
    };
    await expect(harbor.sync.requesterOf('1'.repeat(40))).rejects.toThrow('left alone');
    await expect(harbor.sync.requesterOf('1'.repeat(40))).rejects.toMatchObject({ name: 'UnavailableError' });
    expect(asked).toBe(1);
  });
});

describe('the budget', () => {
  it('leaves the rest to later visits, and gets there', async () => {
    for (let unit = 0; unit < 80; unit += 1) {
      const name = `unit-${unit}`;
      harbor.scenario
        .releases(2, { unit: name })
        .has('dev', 2, { unit: name })
        .has('prod', 1, { unit: name });
    }
    const creating = () => calls('open') + calls('status');
    await harbor.visit();
    expect(creating()).toBe(30);
    while (creating() < 2 * 81) {
      harbor.now += 30_000;
      const before = creating();
      await harbor.visit();
      expect(creating() - before).toBeLessThan(40);
    }
    expect(open()).toHaveLength(81);
  });

  it('is closed while the forge wants to be left alone', async () => {
    let asked = 0;
    harbor.forge.openPullRequests = async () => {
      asked += 1;
      throw new ForgeLimitedError('world', harbor.now + 90_000);
    };
    const waits: number[] = [];
    const fire: (() => void)[] = [];
    harbor.restart({
      timer: {
        start(milliseconds, call) {
          waits.push(milliseconds);
          fire.push(call);
          return () => {};
        },
      },
    });
    harbor.sync.settled({ snapshot: await harbor.snapshot(), verdicts: [], took: 0 });
    const { decide } = await import('../decide/decide.ts');
    const snapshot = await harbor.snapshot();
    harbor.sync.settled({ snapshot, verdicts: decide(snapshot), took: 0 });
    fire.at(-1)?.();
    await expect.poll(() => waits.at(-1)).toBe(90_000);
    expect(asked).toBe(1);
    await harbor.sync.close();
  });
});
