import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../snapshot.ts';
import { EMPTY_STATE, type PromotionState } from '../state/state.ts';
import type { StateChange } from '../state/state-store.ts';
import { DecisionBuilder, NOW, releaseId, UNIT } from '../testing/decision-builder.ts';
import { approve } from './approve.ts';
import { freeze, thaw } from './freeze.ts';
import { hold, releaseHold } from './hold.ts';
import { requestPromotion } from './request-promotion.ts';
import { rollback } from './rollback.ts';
import { findTarget } from './target.ts';

const at = new Date(NOW).toISOString();
const inStaging = () =>
  new DecisionBuilder().release().active('dev', 1, 'dev').active('staging', 1, 'staging');
const inProd = () => inStaging().active('prod', 1, 'eu', 'us');
const secondInProd = () =>
  inProd().release().active('dev', 2, 'dev').active('staging', 2, 'staging').active('prod', 2, 'eu', 'us');
const target = (builder: DecisionBuilder, environment = 'prod') =>
  findTarget(builder.input() as Snapshot, UNIT, environment);
const fileOf = ({ files }: StateChange) => [...files].map(([path, text]) => [path, text && JSON.parse(text)]);
const conflict = expect.objectContaining({ name: 'ConflictError' });

describe('approve', () => {
  it('is bound to the release that waits, and says so in the log', () => {
    const change = approve(target(inStaging()), { by: 'anna', at, comment: 'looks good' });
    expect(fileOf(change)).toEqual([
      [
        `approvals/prod/${UNIT}/${releaseId(1)}/anna.json`,
        { by: 'anna', at, release: releaseId(1), comment: 'looks good', groups: [] },
      ],
    ]);
    expect(change).toMatchObject({ by: 'anna', trailers: { Release: releaseId(1), Comment: 'looks good' } });
  });

  it('keeps the name of an approver inside of one path', () => {
    const [file] = fileOf(approve(target(inStaging()), { by: '../../holds/x y', at }));
    expect(file?.[0]).toBe(`approvals/prod/${UNIT}/${releaseId(1)}/..%2F..%2Fholds%2Fx%20y.json`);
  });

  it('refuses whoever pushed the release or asked for it', () => {
    const forbidden = expect.objectContaining({ name: 'ForbiddenError' });
    expect(() => approve(target(inStaging()), { by: 'dora', at })).toThrow(forbidden);
    const asked = target(inStaging().requested('prod', 1, 'anna'));
    expect(() => approve(asked, { by: 'anna', at })).toThrow(forbidden);
  });

  it('refuses where nothing waits, and for another release than the one that was looked at', () => {
    expect(() => approve(target(inProd()), { by: 'anna', at })).toThrow(conflict);
    expect(() => approve(target(inStaging(), 'staging'), { by: 'anna', at })).toThrow(conflict);
    const waiting = inStaging().release().active('dev', 2, 'dev').active('staging', 2, 'staging');
    expect(() => approve(target(waiting), { by: 'anna', at, release: '11111111' })).toThrow(
      /look at it again/,
    );
  });
});

describe('rollback', () => {
  const previously = (builder: DecisionBuilder, ...sequences: readonly number[]) => {
    const found = target(builder);
    const previous = sequences.map(releaseId);
    return { ...found, record: found.record && { ...found.record, previous } };
  };

  it('goes to the release that was there before, and holds it', () => {
    const change = rollback(previously(secondInProd(), 1), { by: 'otto', at });
    expect(fileOf(change)).toMatchObject([
      [`holds/prod/${UNIT}.json`, { by: 'otto', release: releaseId(1) }],
    ]);
  });

  it('goes to one that is named by the beginning of its revision', () => {
    const change = rollback(previously(secondInProd(), 1), { by: 'otto', at, release: '1111' });
    expect(fileOf(change)).toMatchObject([[`holds/prod/${UNIT}.json`, { release: releaseId(1) }]]);
  });

  it('refuses a release that was never there: its gates have not been passed', () => {
    const third = secondInProd().release().active('prod', 3, 'eu', 'us');
    const named = { by: 'otto', at, release: '2222' };
    expect(() => rollback(previously(third, 1), named)).toThrow(/gates have not been passed/);
  });

  it('refuses to go forward, to stay, and where nothing was before', () => {
    expect(() => rollback(previously(secondInProd(), 1), { by: 'otto', at, release: '2222' })).toThrow(
      conflict,
    );
    expect(() => rollback(previously(inProd().release(), 2), { by: 'otto', at, release: '2222' })).toThrow(
      conflict,
    );
    expect(() => rollback(previously(secondInProd()), { by: 'otto', at })).toThrow(conflict);
    expect(() => rollback(target(inStaging()), { by: 'otto', at })).toThrow(/is not in prod/);
  });

  it('does not guess between releases that begin alike, or that are not there', () => {
    const notFound = expect.objectContaining({ name: 'NotFoundError' });
    for (const release of ['rele', 'ffff', '11', '']) {
      expect(() => rollback(previously(secondInProd(), 1), { by: 'otto', at, release })).toThrow(notFound);
    }
  });
});

describe('holds, freezes and requests', () => {
  const state = (change: Partial<PromotionState>): PromotionState => ({ ...EMPTY_STATE, ...change });

  it('pin, and let go of what is pinned only', () => {
    expect(fileOf(hold(target(inProd()), { by: 'otto', at, reason: 'audit' }))).toEqual([
      [`holds/prod/${UNIT}.json`, { by: 'otto', at, reason: 'audit' }],
    ]);
    expect(() => releaseHold(EMPTY_STATE, target(inProd()), 'otto')).toThrow(conflict);
    const held = state({
      holds: new Map([['prod', new Map([[UNIT, { by: 'otto', at, reason: 'audit' }]])]]),
    });
    expect(fileOf(releaseHold(held, target(inProd()), 'otto'))).toEqual([
      [`holds/prod/${UNIT}.json`, undefined],
    ]);
  });

  it('close, and open what is closed only', () => {
    const change = freeze('prod', { by: 'otto', at, reason: 'holidays' });
    expect(fileOf(change)).toEqual([['freezes/prod.json', { by: 'otto', at, reason: 'holidays' }]]);
    expect(() => thaw(EMPTY_STATE, 'prod', 'otto')).toThrow(conflict);
  });

  it('ask for the release that is next and for no other', () => {
    const change = requestPromotion(target(inStaging()), { by: 'rita', at });
    expect(fileOf(change)).toEqual([
      [`requests/prod/${UNIT}.json`, { by: 'rita', at, release: releaseId(1) }],
    ]);
    expect(() => requestPromotion(target(inProd()), { by: 'rita', at })).toThrow(conflict);
  });

  it('are not taken from somebody who has made them, or the first could then approve', () => {
    const waiting = target(inStaging());
    const existing = { by: 'rita', at, release: waiting.verdict.candidate?.id ?? '' };
    const again = () => requestPromotion(waiting, { by: 'sam', at, existing });
    expect(again).toThrow('rita has asked for');
    expect(() =>
      requestPromotion(waiting, { by: 'sam', at, existing: { ...existing, release: 'older' } }),
    ).not.toThrow();
  });

  it('are refused for what there is not, with what there is', () => {
    const snapshot = inProd().input() as Snapshot;
    expect(() => findTarget(snapshot, UNIT, 'moon')).toThrow(
      /no environment "moon"; there are: dev, staging, prod/,
    );
    expect(() => findTarget(snapshot, 'nothing', 'prod')).toThrow(/no unit "nothing".*there are: podinfo/);
  });
});
