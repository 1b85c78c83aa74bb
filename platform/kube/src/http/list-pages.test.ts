import { describe, expect, it } from 'vitest';
import type { Stored } from '../store/table.ts';
import { ListPages } from './list-pages.ts';

const items: readonly Stored[] = ['a', 'b', 'c', 'd', 'e'].map((name, index) => ({
  object: { apiVersion: 'v1', kind: 'Thing', metadata: { name } },
  revision: index,
  json: '',
}));

describe('the pages of a list', () => {
  it('add up to the list, and say what is left', () => {
    const pages = new ListPages(() => 0);
    const first = pages.first(items, 7, 'things', 2);
    expect([first.items.length, first.remaining]).toEqual([2, 3]);
    const second = pages.next(first.continueToken ?? '', 'things', 2);
    expect([second.items.length, second.remaining, second.revision]).toEqual([2, 1, 7]);
    const third = pages.next(second.continueToken ?? '', 'things', 2);
    expect([third.items.length, third.continueToken]).toEqual([1, undefined]);
    expect(() => pages.next(second.continueToken ?? '', 'things', 2)).toThrow(
      expect.objectContaining({ code: 410 }),
    );
  });

  it('are one page when there is no limit', () => {
    expect(new ListPages(() => 0).first(items, 7, 'things', 0)).toMatchObject({ continueToken: undefined });
  });

  it('are forgotten after a while, and when too many lists were begun', () => {
    let now = 0;
    const pages = new ListPages(() => now);
    const token = () => pages.first(items, 7, 'things', 1).continueToken ?? '';
    const old = token();
    now = 6 * 60_000;
    expect(() => pages.next(old, 'things', 1)).toThrow(expect.objectContaining({ code: 410 }));
    const early = token();
    for (let begun = 0; begun < 64; begun++) token();
    expect(() => pages.next(early, 'things', 1)).toThrow(expect.objectContaining({ code: 410 }));
  });

  it('are refused to another question', () => {
    const pages = new ListPages(() => 0);
    const token = pages.first(items, 7, 'things', 1).continueToken ?? '';
    expect(() => pages.next(token, 'others', 1)).toThrow(expect.objectContaining({ code: 400 }));
    expect(() => pages.next('nonsense', 'things', 1)).toThrow(expect.objectContaining({ code: 400 }));
  });
});
