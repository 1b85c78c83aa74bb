import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pinnedVersions } from './tool-versions.ts';
import { compareVersions, parseVersion } from './version.ts';

describe('pinned tools', () => {
  it('are read from the section of the file that has them', () => {
    const text =
      '[env]\nkind = "no"\n[tools]\n# a comment\nkind = "0.33.0"\n"aqua:fluxcd/flux2" = "2.9.5"\n[settings]\nhelm = "no"\n';
    expect(Object.fromEntries(pinnedVersions(text))).toEqual({ kind: '0.33.0', flux: '2.9.5' });
  });

  it('of this repository are those that Kind needs', async () => {
    const text = await readFile(join(import.meta.dirname, '../../../../mise.toml'), 'utf8');
    expect([...pinnedVersions(text).keys()].sort()).toEqual(['helm', 'kind', 'kubectl']);
  });
});

describe('versions', () => {
  it.each([
    ['kind v0.33.0 go1.26.8 linux/amd64', [0, 33, 0]],
    ['Docker version 28.2.2, build e6534b4', [28, 2, 2]],
    ['git version 2.39', [2, 39, 0]],
    ['none', undefined],
  ])('are found in what tools print: %s', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it('are compared by number', () => {
    expect(compareVersions([0, 9, 0], [0, 10, 0])).toBeLessThan(0);
    expect(compareVersions([1, 0, 0], [0, 99, 99])).toBeGreaterThan(0);
  });
});
