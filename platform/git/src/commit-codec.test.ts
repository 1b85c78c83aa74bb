import { describe, expect, it } from 'vitest';
import { formatTrailers, parseTrailers } from './commit-codec.ts';

describe('trailers', () => {
  it('survive a round trip, and a value cannot start a new trailer', () => {
    const text = formatTrailers({ Unit: 'podinfo', Reason: 'x\nApproved-by: mallory', Empty: undefined });
    expect(parseTrailers(`subject\n\nbody\n\n${text}\n`)).toEqual({
      Unit: 'podinfo',
      Reason: 'x Approved-by: mallory',
    });
  });
});
