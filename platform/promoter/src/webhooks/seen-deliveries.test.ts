import { expect, it } from 'vitest';
import { SeenDeliveries } from './seen-deliveries.ts';

it('takes a delivery once, also when its id or its body has been exchanged', () => {
  const seen = new SeenDeliveries();
  expect(seen.add('d1', 'a')).toBe(true);
  expect(seen.add('d1', 'a')).toBe(false);
  expect(seen.add('d2', 'a')).toBe(false);
  expect(seen.add('d1', 'b')).toBe(false);
  expect(seen.add(undefined, 'c')).toBe(true);
  expect(seen.add(undefined, 'c')).toBe(false);
});

it('remembers a bounded number, the latest', () => {
  const seen = new SeenDeliveries(2);
  for (const name of ['1', '2', '3']) expect(seen.add(name, name)).toBe(true);
  expect(seen.add('3', '3')).toBe(false);
  expect(seen.add('1', '1')).toBe(true);
});
