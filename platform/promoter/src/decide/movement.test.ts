import { describe, expect, it } from 'vitest';
import { WHOLE_FLEET } from '../state/state.ts';
import { NOW, releaseId, Scenario } from './testing/scenario.ts';

const LATER = new Date(NOW + 60_000).toISOString();
const PAST = new Date(NOW - 60_000).toISOString();
const by = { by: 'operator', at: PAST };
const CLUSTERS = { dev: ['dev'], staging: ['staging'], prod: ['eu', 'us', 'asia', 'africa'] };
const nested = <T>(environment: string, unit: string, value: T) =>
  new Map([[environment, new Map([[unit, value]])]]);

const chain = (prod: object = {}, staging: object = {}, dev: object = {}) =>
  new Scenario(
    [
      { name: 'dev', ...dev },
      { name: 'staging', after: ['dev'], gates: [{ type: 'health' }], ...staging },
      { name: 'prod', after: ['staging'], gates: [{ type: 'health' }], ...prod },
    ],
    CLUSTERS,
  );

describe('waves', () => {
  it('move only as many clusters at once as may be unavailable', () => {
    const scenario = chain({ maxUnavailable: 2 }).releases(1).has('dev', 1).has('staging', 1);
    expect(scenario.verdict('prod')).toMatchObject({ action: 'promote', clusters: ['africa', 'asia'] });
  });

  it('count a cluster on its way as unavailable until it is healthy', () => {
    const scenario = chain({ maxUnavailable: '50%' }).releases(1).has('dev', 1).has('staging', 1);
    scenario
      .has('prod', 1, { clusters: ['africa'] })
      .has('prod', 1, { clusters: ['asia'], health: 'Progressing' });
    expect(scenario.verdict('prod')).toMatchObject({ action: 'promote', clusters: ['eu'] });
    scenario.has('prod', 1, { clusters: ['eu'], health: 'Progressing' });
    expect(scenario.verdict('prod')).toMatchObject({ action: 'wait', reasons: [{ code: 'wave' }] });
  });

  it('stop when more clusters are degraded than the failure budget allows, and go on within it', () => {
    const failing = (failureBudget: number) =>
      chain({ maxUnavailable: 2, failureBudget })
        .releases(1)
        .has('dev', 1)
        .has('staging', 1)
        .has('prod', 1, { clusters: ['africa'], health: 'Degraded' });
    expect(failing(0).verdict('prod')).toMatchObject({
      action: 'wait',
      gates: [{ type: 'wave', phase: 'failed' }],
    });
    expect(failing(1).verdict('prod')).toMatchObject({ action: 'promote', clusters: ['asia'] });
  });
});

describe('onFailure: rollback', () => {
  const failed = () =>
    chain({ onFailure: 'rollback' })
      .releases(2)
      .has('dev', 2)
      .has('staging', 2)
      .has('prod', 2, { health: 'Degraded' });

  it('puts the former release back on every cluster and names the one that failed', () => {
    expect(failed().verdict('prod')).toMatchObject({
      action: 'promote',
      cause: 'rollback',
      candidate: { sequence: 1 },
      clusters: ['eu', 'us', 'asia', 'africa'],
      rejects: { release: releaseId(2), reason: expect.stringContaining('degraded in eu') },
    });
  });

  it('does so in a frozen environment too', () => {
    const scenario = failed().state({ freezes: new Map([['prod', { ...by, reason: 'holidays' }]]) });
    expect(scenario.verdict('prod')).toMatchObject({ action: 'promote', cause: 'rollback' });
  });

  it('never lets the failed release enter again, but a newer one', () => {
    const scenario = chain({ onFailure: 'rollback' })
      .releases(2)
      .has('dev', 2)
      .has('staging', 2)
      .has('prod', 1);
    const rejected = [{ release: releaseId(2), reason: 'degraded', at: PAST }];
    scenario.record('prod', (record) => ({ ...record, rejected }));
    expect(scenario.verdict('prod')).toMatchObject({ action: 'blocked', reasons: [{ code: 'failed' }] });
    scenario.releases(3).has('dev', 3).has('staging', 3);
    expect(scenario.verdict('prod')).toMatchObject({ action: 'promote', candidate: { sequence: 3 } });
  });

  it('has nothing to put back when there was no release before', () => {
    const scenario = chain({ onFailure: 'rollback' }).releases(1).has('dev', 1).has('staging', 1);
    scenario.has('prod', 1, { health: 'Degraded' });
    expect(scenario.verdict('prod').cause).toBe('promotion');
  });
});

describe('a failure in an environment that a release has already left', () => {
  it('stops it from moving on', () => {
    const scenario = chain().releases(1).has('dev', 1, { health: 'Degraded' }).has('staging', 1);
    expect(scenario.verdict('prod')).toMatchObject({
      action: 'wait',
      gates: [{ type: 'health', phase: 'failed', reason: 'degraded in dev: the reason' }],
    });
  });

  it('says nothing of a release that has been replaced there', () => {
    const scenario = chain().releases(2).has('dev', 2, { health: 'Degraded' }).has('staging', 1);
    expect(scenario.verdict('prod')).toMatchObject({ action: 'promote', candidate: { sequence: 1 } });
  });
});

describe('mode: queue', () => {
  const queued = (options: object = {}) =>
    chain({}, {}, { mode: 'queue', ...options })
      .releases(2)
      .has('dev', 1);

  it('keeps the next release waiting until the one before has moved on', () => {
    expect(queued().verdict('dev')).toMatchObject({
      action: 'wait',
      gates: [{ type: 'queue', phase: 'pending' }],
    });
    expect(queued().has('staging', 1).verdict('dev')).toMatchObject({
      action: 'promote',
      candidate: { sequence: 2 },
    });
  });

  it('lets the next one in when the one before has failed', () => {
    expect(queued().has('dev', 1, { health: 'Degraded' }).verdict('dev')).toMatchObject({
      action: 'promote',
    });
  });

  it('says when maxStay ends the wait, and ends it', () => {
    const scenario = queued({ maxStay: '1h' });
    expect(scenario.verdict('dev').opensAt).toBe(NOW + 3_000_000);
    expect(scenario.verdict('dev', { now: NOW + 3_000_000 })).toMatchObject({ action: 'promote' });
  });

  it('takes every release in turn', () => {
    const scenario = chain({}, {}, { mode: 'queue' }).releases(3).has('dev', 1).has('staging', 1);
    expect(scenario.verdict('dev')).toMatchObject({ action: 'promote', candidate: { sequence: 2 } });
  });
});

describe('promotion: manual', () => {
  it('waits until somebody has asked, and then does not count them as an approver', () => {
    const gates = [{ type: 'approval' }];
    const scenario = chain({ promotion: 'manual', gates }).releases(1).has('dev', 1).has('staging', 1);
    expect(scenario.verdict('prod').reasons.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('drydock promote app prod'),
    );
    const approvals = nested('prod', 'app', [{ by: 'boss', groups: [], at: PAST, release: releaseId(1) }]);
    scenario.state({
      approvals,
      requests: nested('prod', 'app', { by: 'boss', at: PAST, release: releaseId(1) }),
    });
    expect(scenario.verdict('prod')).toMatchObject({ action: 'wait', requestedBy: 'boss' });
    scenario.state({ requests: nested('prod', 'app', { by: 'lead', at: PAST, release: releaseId(1) }) });
    expect(scenario.verdict('prod')).toMatchObject({
      action: 'promote',
      requestedBy: 'lead',
      approvedBy: ['boss'],
    });
  });
});

describe('an approval gate with a group', () => {
  it('counts only those who were in the group when they approved', () => {
    const scenario = chain({ gates: [{ type: 'approval', group: 'release-managers' }] })
      .releases(1)
      .has('dev', 1)
      .has('staging', 1);
    const approved = (groups: string[]) =>
      scenario.state({
        approvals: nested('prod', 'app', [{ by: 'boss', at: PAST, groups, release: releaseId(1) }]),
      });
    expect(approved(['interns']).verdict('prod')).toMatchObject({ action: 'wait', approvedBy: [] });
    expect(approved(['release-managers']).verdict('prod')).toMatchObject({
      action: 'promote',
      approvedBy: ['boss'],
    });
  });
});

describe('a freeze', () => {
  const ready = () => chain().releases(1).has('dev', 1).has('staging', 1);

  it.each(['prod', WHOLE_FLEET])('of %s keeps what is ready out, and says until when', (name) => {
    const scenario = ready().state({
      freezes: new Map([[name, { ...by, reason: 'holidays', until: LATER }]]),
    });
    expect(scenario.verdict('prod')).toMatchObject({
      action: 'blocked',
      clusters: [],
      opensAt: NOW + 60_000,
      reasons: [{ code: 'freeze', message: 'frozen by operator: holidays' }],
    });
    expect(scenario.verdict('prod', { now: NOW + 60_000 })).toMatchObject({ action: 'promote' });
  });

  it('lets exactly the release through that somebody has overridden it for', () => {
    const freezes = new Map([['prod', { ...by, reason: 'holidays' }]]);
    const override = (sequence: number) =>
      nested('prod', 'app', { ...by, reason: 'outage', release: releaseId(sequence) });
    expect(
      ready()
        .state({ freezes, overrides: override(1) })
        .verdict('prod').action,
    ).toBe('promote');
    expect(
      ready()
        .state({ freezes, overrides: override(2) })
        .verdict('prod').action,
    ).toBe('blocked');
  });
});

describe('a set', () => {
  const pair = () =>
    chain()
      .releases(1)
      .releases(1, { unit: 'other' })
      .has('dev', 1)
      .has('dev', 1, { unit: 'other' })
      .state({
        sets: [
          {
            ...by,
            id: 'spring',
            environments: ['staging'],
            units: { app: releaseId(1), other: releaseId(1, 'other') },
          },
        ],
      });

  it('moves when every unit can', () => {
    expect(pair().verdict('staging').action).toBe('promote');
    expect(pair().verdict('staging', { unit: 'other' }).action).toBe('promote');
  });

  it('waits as a whole when one unit cannot, and says for which', () => {
    const scenario = pair().has('dev', 1, { unit: 'other', health: 'Progressing' });
    expect(scenario.verdict('staging')).toMatchObject({
      action: 'wait',
      clusters: [],
      reasons: [{ code: 'set', message: expect.stringContaining('waits for other') }],
    });
  });

  it('does not move with another release than the set names', () => {
    const scenario = pair().releases(2, { unit: 'other' }).has('dev', 2, { unit: 'other' });
    expect(scenario.verdict('staging').action).toBe('wait');
    expect(scenario.verdict('staging', { unit: 'other' }).action).toBe('wait');
  });

  it('is over for units that have arrived', () => {
    const scenario = pair().has('staging', 1).has('staging', 1, { unit: 'other' });
    scenario.releases(2).has('dev', 2);
    expect(scenario.verdict('staging')).toMatchObject({ action: 'promote', candidate: { sequence: 2 } });
  });
});
