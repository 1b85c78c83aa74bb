import { describe, expect, it } from 'vitest';
import { DecisionBuilder, EVERYWHERE, minutes, NOW, releaseId } from '../testing/decision-builder.ts';
import { decide } from './decide.ts';
import type { Verdict } from './verdict.ts';

const one = () => new DecisionBuilder().release();
const two = () => one().release();
const inDev = () => one().active('dev', 1, 'dev');
const inStaging = () => inDev().active('staging', 1, 'staging');
const inProd = () => inStaging().active('prod', 1, 'eu', 'us');
/** The second Release has come as far as staging, the first is in prod. */
const secondBeforeProd = () =>
  inProd().release().active('dev', 2, 'dev').active('staging', 2, 'staging').approved('prod', 2, 'anna');

/** `promote 2 to eu`, `wait`, `blocked`, `current` or `none`. */
function summary({ action, cause, candidate, clusters }: Verdict): string {
  if (action !== 'promote') return action;
  const verb = cause === 'rollback' ? 'roll back' : 'promote';
  return `${verb} ${candidate?.sequence} to ${clusters.join(' ')}`;
}

interface Case {
  readonly title: string;
  readonly given: DecisionBuilder;
  readonly environment: string;
  readonly expected: string;
  /** Part of the reasons. */
  readonly because?: string;
  /** Minutes from now. */
  readonly opensIn?: number;
}

const ENTERING: readonly Case[] = [
  {
    title: 'a first release enters the first environment at once',
    given: one(),
    environment: 'dev',
    expected: 'promote 1 to dev',
  },
  {
    title: 'a release that is nowhere waits for the environment before',
    given: one(),
    environment: 'staging',
    expected: 'wait',
    because: 'not in dev yet',
  },
  {
    title: 'a release that is only in dev does not enter prod',
    given: inDev().approved('prod', 1, 'anna'),
    environment: 'prod',
    expected: 'wait',
    because: 'not in staging yet',
  },
  {
    title: 'a release enters when it was healthy for long enough',
    given: inDev(),
    environment: 'staging',
    expected: 'promote 1 to staging',
  },
  {
    title: 'nothing happens to what is everywhere',
    given: inProd(),
    environment: 'prod',
    expected: 'current',
    because: 'has 11111111',
  },
  {
    title: 'a newer release enters the first environment',
    given: inProd().release(),
    environment: 'dev',
    expected: 'promote 2 to dev',
  },
  {
    title: 'the environments after keep what they have meanwhile',
    given: inProd().release(),
    environment: 'staging',
    expected: 'current',
  },
  {
    title: 'a release enters prod cluster by cluster',
    given: inStaging().approved('prod', 1, 'anna'),
    environment: 'prod',
    expected: 'promote 1 to eu',
  },
];

const HEALTH: readonly Case[] = [
  {
    title: 'progressing health keeps the gate closed',
    given: inDev().observed('dev', 1, 'dev', { health: 'Progressing' }),
    environment: 'staging',
    expected: 'wait',
    because: 'progressing in dev',
  },
  {
    title: 'degraded health keeps it closed',
    given: inDev().observed('dev', 1, 'dev', { health: 'Degraded' }),
    environment: 'staging',
    expected: 'wait',
    because: 'degraded in dev',
  },
  {
    title: 'missing objects keep it closed',
    given: inDev().observed('dev', 1, 'dev', { health: 'Missing' }),
    environment: 'staging',
    expected: 'wait',
  },
  {
    title: 'suspended is not healthy',
    given: inDev().observed('dev', 1, 'dev', { health: 'Suspended' }),
    environment: 'staging',
    expected: 'wait',
  },
  {
    title: 'unknown health keeps it closed',
    given: inDev().observed('dev', 1, 'dev', { health: 'Unknown' }),
    environment: 'staging',
    expected: 'wait',
  },
  {
    title: 'no report at all keeps it closed',
    given: inDev().silent('dev'),
    environment: 'staging',
    expected: 'wait',
    because: 'dev has not reported yet',
  },
  {
    title: 'health before the sync has ended does not count',
    given: inDev().observed('dev', 1, 'dev', { synced: false }),
    environment: 'staging',
    expected: 'wait',
    because: 'dev is syncing',
  },
  {
    title: 'health of the release before does not count',
    given: two().active('dev', 2, 'dev').observed('dev', 1, 'dev'),
    environment: 'staging',
    expected: 'wait',
    because: 'dev has not synced 22222222 yet',
  },
  {
    title: 'a soak that has not ended says when it ends',
    given: inDev().observed('dev', 1, 'dev', { minutes: 4 }),
    environment: 'staging',
    expected: 'wait',
    because: 'soak: healthy for less than 10m',
    opensIn: 6,
  },
  {
    title: 'a soak counts from the promotion on, whatever the engine remembers',
    given: inDev().observed('dev', 1, 'dev', { minutes: 600 }).at(-31),
    environment: 'staging',
    expected: 'wait',
    opensIn: -30,
  },
  {
    title: 'a soak ends to the millisecond',
    given: inDev().observed('dev', 1, 'dev', { minutes: 4 }).at(6),
    environment: 'staging',
    expected: 'promote 1 to staging',
  },
];

const APPROVAL: readonly Case[] = [
  {
    title: 'without an approval it waits',
    given: inStaging(),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1 approvals',
  },
  {
    title: 'whoever pushed it cannot approve it',
    given: inStaging().approved('prod', 1, 'dora'),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'whoever asked for it cannot approve it',
    given: inStaging().requested('prod', 1, 'anna').approved('prod', 1, 'anna'),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'an approval of another release does not count',
    given: secondBeforeProd().release().active('staging', 3, 'staging').active('dev', 3, 'dev'),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'an approval of another environment does not count',
    given: inStaging().approved('staging', 1, 'anna'),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'an approval that has expired does not count',
    given: inStaging().approved('prod', 1, 'anna', 24 * 60 + 1),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'an approval counts until it expires',
    given: inStaging().approved('prod', 1, 'anna', 24 * 60),
    environment: 'prod',
    expected: 'promote 1 to eu',
  },
];

const WAVES: readonly Case[] = [
  {
    title: 'the second wave waits until the first is healthy',
    given: inStaging().active('prod', 1, 'eu').observed('prod', 1, 'eu', { health: 'Progressing' }),
    environment: 'prod',
    expected: 'wait',
    because: 'wave 2 waits: progressing in eu',
  },
  {
    title: 'the second wave follows the first',
    given: inStaging().active('prod', 1, 'eu'),
    environment: 'prod',
    expected: 'promote 1 to us',
  },
  {
    title: 'a degraded first wave stops the second',
    given: inStaging().active('prod', 1, 'eu').observed('prod', 1, 'eu', { health: 'Degraded' }),
    environment: 'prod',
    expected: 'wait',
    because: 'degraded in eu',
  },
  {
    title: 'the second wave needs no second approval',
    given: secondBeforeProd()
      .active('prod', 2, 'eu')
      .at(48 * 60),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
  {
    title: 'a release whose gates are open supersedes one that is rolling out',
    given: secondBeforeProd()
      .active('prod', 2, 'eu')
      .release()
      .active('dev', 3, 'dev')
      .active('staging', 3, 'staging')
      .approved('prod', 3, 'anna'),
    environment: 'prod',
    expected: 'promote 3 to eu',
  },
  {
    title: 'a release whose gates are closed does not stop one that is rolling out',
    given: secondBeforeProd()
      .active('prod', 2, 'eu')
      .release()
      .active('dev', 3, 'dev')
      .active('staging', 3, 'staging'),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
  {
    title: 'a fix enters where the release before is degraded',
    given: secondBeforeProd()
      .active('prod', 2, 'eu')
      .observed('prod', 2, 'eu', { health: 'Degraded' })
      .release()
      .active('dev', 3, 'dev')
      .active('staging', 3, 'staging')
      .approved('prod', 3, 'anna'),
    environment: 'prod',
    expected: 'promote 3 to eu',
  },
  {
    title: 'a rollout goes on while the environment before moves on',
    given: secondBeforeProd()
      .active('prod', 2, 'eu')
      .release()
      .active('dev', 3, 'dev')
      .active('staging', 3, 'staging')
      .silent('staging'),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
];

const PEOPLE: readonly Case[] = [
  {
    title: 'a held unit does not move',
    given: secondBeforeProd().held('prod'),
    environment: 'prod',
    expected: 'blocked',
    because: 'held by otto: because',
  },
  {
    title: 'a hold elsewhere does not hold it',
    given: secondBeforeProd().held('dev'),
    environment: 'prod',
    expected: 'promote 2 to eu',
  },
  {
    title: 'a rollback moves all clusters at once, whatever gates and waves say',
    given: inProd().release().active('prod', 2, 'eu', 'us').held('prod', 1),
    environment: 'prod',
    expected: 'roll back 1 to eu us',
  },
  {
    title: 'a rollback in the middle of a rollout moves only what has moved',
    given: secondBeforeProd().active('prod', 2, 'eu').held('prod', 1),
    environment: 'prod',
    expected: 'roll back 1 to eu',
  },
  {
    title: 'a rollback passes a freeze',
    given: inProd().release().active('prod', 2, 'eu', 'us').held('prod', 1).frozen('prod'),
    environment: 'prod',
    expected: 'roll back 1 to eu us',
  },
  {
    title: 'what was rolled back stays back while it is held',
    given: secondBeforeProd().held('prod', 1),
    environment: 'prod',
    expected: 'blocked',
  },
  {
    title: 'a frozen environment takes nothing',
    given: secondBeforeProd().frozen('prod'),
    environment: 'prod',
    expected: 'blocked',
    because: 'frozen by otto',
  },
  {
    title: 'a freeze stops a rollout between its waves',
    given: secondBeforeProd().active('prod', 2, 'eu').frozen('prod'),
    environment: 'prod',
    expected: 'blocked',
  },
  {
    title: 'a freeze says when it ends',
    given: secondBeforeProd().frozen('prod', 20),
    environment: 'prod',
    expected: 'blocked',
    opensIn: 20,
  },
  {
    title: 'a freeze ends',
    given: secondBeforeProd().frozen('prod', 20).at(20),
    environment: 'prod',
    expected: 'promote 2 to eu',
  },
  {
    title: 'a freeze elsewhere does not matter',
    given: secondBeforeProd().frozen('staging'),
    environment: 'prod',
    expected: 'promote 2 to eu',
  },
];

const TARGETS: readonly Case[] = [
  {
    title: 'an environment that is not targeted gets nothing',
    given: new DecisionBuilder().release({ dev: ['dev'], prod: ['eu'] }).active('dev', 1, 'dev'),
    environment: 'staging',
    expected: 'none',
  },
  {
    title: 'a unit passes through an environment it does not target',
    given: new DecisionBuilder()
      .release({ dev: ['dev'], prod: ['eu'] })
      .active('dev', 1, 'dev')
      .approved('prod', 1, 'anna'),
    environment: 'prod',
    expected: 'promote 1 to eu',
  },
  {
    title: 'a release does not pass through an environment that only a newer one leaves out',
    given: one()
      .release({ dev: ['dev'], prod: ['eu'] })
      .active('dev', 1, 'dev')
      .observed('dev', 1, 'dev', { minutes: 1 })
      .held('dev')
      .approved('prod', 1, 'anna'),
    environment: 'prod',
    expected: 'wait',
    because: 'not in staging yet',
  },
  {
    title: 'a cluster that is new gets what the others have',
    given: inProd()
      .release({ ...EVERYWHERE, dev: ['dev', 'dev2'] })
      .active('dev', 2, 'dev'),
    environment: 'dev',
    expected: 'promote 2 to dev2',
  },
  {
    title: 'a removal leaves the first environment at once',
    given: inProd().release({}),
    environment: 'dev',
    expected: 'promote 2 to dev',
  },
  {
    title: 'a removal waits for the environment before',
    given: inProd().release({}),
    environment: 'staging',
    expected: 'current',
  },
  {
    title: 'a removal needs an approval like any other release',
    given: new DecisionBuilder().release().release({}).active('prod', 1, 'eu', 'us'),
    environment: 'prod',
    expected: 'wait',
    because: '0 of 1',
  },
  {
    title: 'a removal leaves prod wave by wave',
    given: new DecisionBuilder()
      .release()
      .release({})
      .active('prod', 1, 'eu', 'us')
      .approved('prod', 2, 'anna'),
    environment: 'prod',
    expected: 'promote 2 to eu',
  },
  {
    title: 'a removal that has begun is not undone when its gates close again',
    given: one().release({}).active('prod', 1, 'us').latest('prod', 2),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
  {
    title: 'a release that leaves a cluster and has begun is not undone when its gates close again',
    given: inStaging()
      .release({ ...EVERYWHERE, prod: ['us'] })
      .active('staging', 2, 'staging')
      .active('prod', 1, 'us')
      .latest('prod', 2),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
  {
    title: 'a unit that is gone everywhere needs nothing',
    given: new DecisionBuilder().release().release({}),
    environment: 'prod',
    expected: 'none',
  },
];

const BACKWARDS: readonly Case[] = [
  {
    title: 'a rollback upstream moves nothing back downstream',
    given: inProd().release().active('dev', 1, 'dev').active('staging', 2, 'staging').held('dev', 1),
    environment: 'staging',
    expected: 'current',
    because: 'ahead of the environment before',
  },
  {
    title: 'what was rolled back comes again only after the hold',
    given: secondBeforeProd(),
    environment: 'prod',
    expected: 'promote 2 to eu',
  },
  {
    title: 'a rollout is finished although the environment before went back',
    given: secondBeforeProd().active('prod', 2, 'eu').active('staging', 1, 'staging'),
    environment: 'prod',
    expected: 'promote 2 to us',
  },
];

const GROUPS = { ENTERING, HEALTH, APPROVAL, WAVES, PEOPLE, TARGETS, BACKWARDS } as const;

describe.each(Object.entries(GROUPS))('decide: %s', (_group, cases) => {
  it.each(cases)('$title', ({ given, environment, expected, because, opensIn }) => {
    const verdict = given.verdict(environment);
    expect(summary(verdict)).toBe(expected);
    const reasons = verdict.reasons.map(({ message }) => message).join('; ');
    if (because !== undefined) expect(reasons).toContain(because);
    if (opensIn !== undefined) expect(verdict.opensAt).toBe(NOW + minutes(opensIn));
  });
});

describe('decide', () => {
  it('names who asked and who approved', () => {
    const verdict = secondBeforeProd().requested('prod', 2, 'rita').verdict('prod');
    expect(verdict).toMatchObject({ requestedBy: 'rita', approvedBy: ['anna'] });
    expect(verdict.candidate?.id).toBe(releaseId(2));
  });

  it('gives equal verdicts for equal input, and leaves the input as it was', () => {
    const input = secondBeforeProd().input();
    const before = structuredClone(input);
    expect(decide(input)).toEqual(decide(structuredClone(input)));
    expect(input).toEqual(before);
  });

  it('waits for all of several environments before, in the same release', () => {
    const strategy = [
      { name: 'a' },
      { name: 'b' },
      { name: 'c', after: ['a', 'b'], gates: [{ type: 'health' }] },
    ];
    const targets = { a: ['a1'], b: ['b1'], c: ['c1'] };
    const built = () => new DecisionBuilder(strategy).release(targets).release(targets);
    const differ = built().active('a', 2, 'a1').active('b', 1, 'b1').verdict('c');
    expect(differ.reasons[0]?.message).toContain('the environments before differ');
    expect(summary(built().active('a', 2, 'a1').active('b', 2, 'b1').verdict('c'))).toBe('promote 2 to c1');
  });
});
