import { ConflictError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { problemOf } from './problem.ts';

const full = Object.assign(new Error('write failed'), { code: 'ENOSPC' });

describe('what the API says of an error', () => {
  it.each([
    ['one of ours', new ConflictError('it moved'), 409, 'it moved'],
    ['a full disk', full, 507, 'the disk of the promoter is full; nothing was changed'],
    [
      'a full disk as git says it',
      new Error('fatal: write error: No space left on device'),
      507,
      expect.any(String),
    ],
    ['a full disk below another error', new Error('failed', { cause: full }), 507, expect.any(String)],
    [
      'anything else, which may hold what nobody is to see',
      new Error('secret'),
      500,
      'the promoter failed; its log says why',
    ],
  ])('is right for %s', (_, error, status, detail) => {
    expect(problemOf(error)).toMatchObject({ status, detail });
  });
});
