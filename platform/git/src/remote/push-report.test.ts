import { describe, expect, it } from 'vitest';
import { readPushReport } from './push-report.ts';

const report = (...lines: string[]) =>
  ['To https://git.example.com/fleet.git', ...lines, 'Done', ''].join('\n');

describe('readPushReport', () => {
  it('knows a push that moved everything', () => {
    const output = report(' \tabc:refs/heads/env/dev\tabc..def', '=\tabc:refs/drydock/state\t[up to date]');
    expect(readPushReport(output)).toEqual({ state: 'moved' });
  });

  it.each([
    '[rejected] (stale info)',
    '[remote rejected] (failed to update ref)',
    '[remote rejected] (incorrect old value provided)',
    "[remote rejected] (cannot lock ref 'refs/heads/env/dev': is at 1a but expected 2b)",
    '[remote rejected] (reference already exists)',
  ])('calls it lost when the server says %s', (reason) => {
    const output = report(
      `!\ta:refs/heads/env/dev\t${reason}`,
      '!\tb:refs/x\t[rejected] (atomic push failed)',
    );
    expect(readPushReport(output)).toMatchObject({ state: 'lost' });
  });

  it.each([
    '[remote rejected] (pre-receive hook declined)',
    '[remote rejected] (protected branch hook declined)',
    '[remote rejected] (deny updating a hidden ref)',
  ])('calls it refused when the server says %s', (reason) => {
    const output = report('!\ta:refs/y\t[rejected] (stale info)', `!\ta:refs/heads/env/dev\t${reason}`);
    expect(readPushReport(output)).toMatchObject({ state: 'refused' });
  });

  it('has no answer for a push that did not get as far as the refs', () => {
    expect(readPushReport('')).toBeUndefined();
  });
});
