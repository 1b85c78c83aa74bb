import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { folderSource, InputError, loadFleet } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { loadKindProfile, PROFILES, parseKindProfile } from './load-profile.ts';
import { membersOf } from './members.ts';
import { mirrorFiles } from './mirror-files.ts';
import { TEST_PATHS, testProfile } from './test-fleet.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

describe('profiles', () => {
  it('of this repository fit its fleet', async () => {
    const fleet = await loadFleet(folderSource(ROOT));
    const names = (await readdir(join(ROOT, PROFILES))).filter((file) => file.endsWith('.yaml'));
    expect(names).toContain('default.yaml');
    for (const file of names) {
      const profile = await loadKindProfile(ROOT, file.replace('.yaml', ''));
      expect(membersOf(fleet, profile).length, file).toBeGreaterThan(0);
    }
  });

  it('that are not there are refused with a suggestion', async () => {
    await expect(loadKindProfile(ROOT, 'smal')).rejects.toThrow(
      'unknown profile "smal", did you mean "small"?',
    );
  });

  it('report every problem at once', () => {
    const text =
      'apiVersion: drydock.dev/v1alpha1\nkind: KindProfile\nmetadata: {name: x}\nspec: {workers: -1, colour: red}\n';
    const error = catchError(() => parseKindProfile(text, 'x.yaml'));
    expect(error.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['spec.workers', 'spec.needs']),
    );
  });
});

describe('registry mirrors', () => {
  it('are written as containerd reads them, with the registry itself behind', () => {
    const files = mirrorFiles(
      testProfile({ mirrors: { 'docker.io': 'http://mirror.lan:5000', 'ghcr.io': 'https://m.lan' } }),
      TEST_PATHS,
    );
    expect(files).toEqual([
      {
        path: '/fleet/.drydock/kind/certs.d/docker.io/hosts.toml',
        content:
          'server = "https://registry-1.docker.io"\n\n[host."http://mirror.lan:5000"]\n  capabilities = ["pull", "resolve"]\n',
      },
      expect.objectContaining({ path: '/fleet/.drydock/kind/certs.d/ghcr.io/hosts.toml' }),
    ]);
  });
});

function catchError(call: () => unknown): InputError {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('expected an InputError');
}
