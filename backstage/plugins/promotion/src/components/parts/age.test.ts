import { age, until } from './age';

describe('age', () => {
  it.each([
    [0, '0s'],
    [59_000, '59s'],
    [60_000, '1m'],
    [7_260_000, '2h'],
    [172_800_000, '2d'],
  ])('says %d milliseconds as %s', (milliseconds, expected) => {
    expect(age(0, milliseconds)).toBe(expected);
  });

  it('is never negative, also when clocks differ', () => {
    expect(age(5_000, 0)).toBe('0s');
  });
});

describe('until', () => {
  it('counts down and then says now', () => {
    expect(until(61_000, 0)).toBe('in 1m');
    expect(until(0, 1)).toBe('now');
  });
});
