import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { compareSynths, formatDifferences } from './compare-synths.ts';
import { diffLines } from './line-diff.ts';

const PLACE = { unit: 'web', environment: 'dev', cluster: 'dev' };
const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

it('finds a way from the one text to the other, and the shortest for small changes', () => {
  fc.assert(
    fc.property(lines, lines, (left, right) => {
      const found = diffLines(left.join('\n'), right.join('\n'));
      const side = (without: string) => found.filter(({ kind }) => kind !== without).map(({ text }) => text);
      expect(side('added').join('\n')).toBe(left.join('\n'));
      expect(side('removed').join('\n')).toBe(right.join('\n'));
    }),
  );
  const changed = diffLines('a\nb\nc\nd\n', 'a\nc\nx\nd\n').filter(({ kind }) => kind !== 'same');
  expect(changed).toEqual([
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
  ]);
});

it('leaves out what is equal and names what came, went and changed', () => {
  const before = [{ ...PLACE, files: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n', 'same.yaml': 's: 1\n' } }];
  const after = [{ ...PLACE, files: { 'a.yaml': 'a: 2\n', 'c.yaml': 'c: 1\n', 'same.yaml': 's: 1\n' } }];
  const [difference] = compareSynths(before, after);
  expect(difference?.files.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    'changed a.yaml',
    'removed b.yaml',
    'added c.yaml',
  ]);
  expect(compareSynths(before, before)).toEqual([]);
});

it('prints a patch that git applies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-diff-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const numbers = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const before = `${numbers.join('\n')}\n`;
  const after = `${numbers.toSpliced(30, 1, 'x', 'y').toSpliced(5, 2).toSpliced(0, 0, 'first').join('\n')}\n`;
  execFileSync('mkdir', ['-p', join(folder, 'dev/dev')]);
  writeFileSync(join(folder, 'dev/dev/a.txt'), before);
  const patch = formatDifferences(
    compareSynths([{ ...PLACE, files: { 'a.txt': before } }], [{ ...PLACE, files: { 'a.txt': after } }]),
  );
  execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
  expect(readFileSync(join(folder, 'dev/dev/a.txt'), 'utf8')).toBe(after);
});
