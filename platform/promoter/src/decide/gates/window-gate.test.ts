import { gateSchema } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { nextOpening } from './window-gate.ts';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);

function gate(fields: object) {
  const parsed = gateSchema.parse({ type: 'window', timeZone: 'Europe/Berlin', ...fields });
  if (parsed.type !== 'window') throw new Error('expected a window');
  return parsed;
}

const officeHours = gate({ allow: [{ schedule: '0 9 * * 1-5', for: '8h' }] });

describe('a window gate', () => {
  it.each([
    ['inside', '2026-06-15T10:00:00Z', '2026-06-15T10:00:00Z'],
    ['at its first moment', '2026-06-15T07:00:00Z', '2026-06-15T07:00:00Z'],
    ['at its last moment, which is outside', '2026-06-15T15:00:00Z', '2026-06-16T07:00:00Z'],
    ['before it', '2026-06-15T05:00:00Z', '2026-06-15T07:00:00Z'],
    ['on a Saturday', '2026-06-20T10:00:00Z', '2026-06-22T07:00:00Z'],
  ])('opens at the right moment when asked %s', (_, now, opening) => {
    expect(nextOpening(officeHours, at(now))).toBe(at(opening));
  });

  it.each([
    ['begins', '2026-03-27T20:00:00Z', '2026-03-30T07:00:00Z'],
    ['ends', '2026-10-23T20:00:00Z', '2026-10-26T08:00:00Z'],
  ])('stays at nine o’clock when daylight saving %s over the weekend', (_, now, opening) => {
    expect(nextOpening(officeHours, at(now))).toBe(at(opening));
  });

  it('is closed while a denied period runs, and opens when it ends within an allowed one', () => {
    const lunch = gate({
      allow: [{ schedule: '0 9 * * *', for: '8h' }],
      deny: [{ schedule: '0 12 * * *', for: '1h' }],
    });
    expect(nextOpening(lunch, at('2026-06-15T10:30:00Z'))).toBe(at('2026-06-15T11:00:00Z'));
  });

  it('passes over allowed periods that are denied as a whole', () => {
    const holidays = gate({
      allow: [{ schedule: '0 9 * * *', for: '8h' }],
      deny: [{ schedule: '0 0 24 12 *', for: '3d' }],
    });
    expect(nextOpening(holidays, at('2026-12-24T00:00:00Z'))).toBe(at('2026-12-27T08:00:00Z'));
  });

  it('has no opening where everything is always denied', () => {
    const never = gate({ deny: [{ schedule: '0 0 * * *', for: '2d' }] });
    expect(nextOpening(never, at('2026-06-15T10:00:00Z'))).toBeUndefined();
  });

  it('agrees with itself: closed right before an opening, open at it', () => {
    for (let hour = 0; hour < 24 * 14; hour += 1) {
      const now = at('2026-03-20T00:30:00Z') + hour * HOUR;
      const opening = nextOpening(officeHours, now);
      if (opening === undefined) throw new Error('expected an opening');
      expect(nextOpening(officeHours, opening)).toBe(opening);
      if (opening > now) expect(nextOpening(officeHours, opening - 1)).toBe(opening);
    }
  });
});
