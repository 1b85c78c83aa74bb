import type { Grant } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { type Access, authorize } from './authorize.ts';

const ACCESS: readonly Grant[] = [
  { user: 'vera', role: 'viewer' },
  { user: 'dora', role: 'deployer', teams: ['payments'] },
  { user: 'dirk', role: 'deployer' },
  { user: 'anna', role: 'approver', environments: ['prod'] },
  { group: 'platform', role: 'admin' },
];
const read: Access = { action: 'read' };
const promote: Access = { action: 'promote', environment: 'prod', team: 'payments' };
const rollback: Access = { ...promote, action: 'rollback' };
const approve: Access = { ...promote, action: 'approve' };
const freeze: Access = { action: 'freeze', environment: 'prod' };

type Case = readonly [who: string, access: Access, allowed: boolean, groups: readonly string[]];
const CASES = (
  [
    ['vera', read, true],
    ['nobody', read, false],
    ['vera', promote, false],
    ['dora', promote, true],
    ['dora', rollback, true],
    ['dora', { ...promote, team: 'search' }, false],
    ['dora', { ...promote, team: undefined }, false],
    ['dora', approve, false],
    ['dora', freeze, false],
    ['dirk', { ...promote, team: 'search' }, true],
    ['dirk', { ...promote, team: undefined }, true],
    ['anna', approve, true],
    ['anna', { ...approve, environment: 'staging' }, false],
    ['anna', { ...approve, environment: undefined }, false],
    ['anna', promote, false],
    ['nobody', freeze, true, ['platform']],
    ['nobody', approve, true, ['platform']],
    ['platform', freeze, false],
    ['nobody', freeze, false, ['Platform', 'platform ']],
  ] as readonly (readonly [string, Access, boolean, (readonly string[])?])[]
).map(([who, access, allowed, groups = []]): Case => [who, access, allowed, groups]);

describe('authorize', () => {
  it.each(CASES)('%s: %j is allowed: %s', (name, access, allowed, groups) => {
    const attempt = () => authorize(ACCESS, { name, groups }, access);
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ name: 'ForbiddenError' }));
  });

  it('says which role is needed, where, and for whom', () => {
    expect(() => authorize(ACCESS, { name: 'vera', groups: [] }, promote)).toThrow(
      /vera may not promote in prod for team payments: it needs the role deployer/,
    );
  });

  it('grants nothing where there is no access list', () => {
    expect(() => authorize([], { name: 'dora', groups: ['platform'] }, read)).toThrow();
  });
});
