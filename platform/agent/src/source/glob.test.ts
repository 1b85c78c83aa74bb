import { expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

it.each([
  ['*', 'anything/at/all', true],
  ['*.yaml', 'deep/file.yaml', true],
  ['*.yaml', 'file.json', false],
  ['{a,b}/*.yaml', 'b/x.yaml', true],
  ['{a,b}/*.yaml', 'c/x.yaml', false],
  ['team-?', 'team-a', true],
  ['a.b', 'axb', false],
  ['(x)+', '(x)+', true],
  ['{a,{b,c}}-x', 'c-x', true],
  ['{'.repeat(40), 'x', false],
  ['{a,b}'.repeat(40), 'a', false],
  ['', '', true],
  ['a*b*c', 'a-b-b-c', true],
  ['**/**/**/x', `${'a/'.repeat(2000)}y`, false],
])('matching %.20s against %.20s is %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});
