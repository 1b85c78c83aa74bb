import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lets one in at a time', () => {
  const release = lockFolder(path);
  expect(() => lockFolder(path)).toThrow(`process ${process.pid} has the folder already`);
  release();
  lockFolder(path)();
  expect(existsSync(path)).toBe(false);
});

it.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1 })],
  ['that is torn', '{"pid":'],
  ['that is none', '{}'],
])('does not mind a lock %s', (_what, text) => {
  writeFileSync(path, text);
  lockFolder(path)();
});

it.skipIf(process.platform !== 'linux')('does not mind a number that another process has now', () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: '1' }));
  lockFolder(path)();
});
