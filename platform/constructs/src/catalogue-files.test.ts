import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRepositoryFleet, REPOSITORY_ROOT } from './repository-fixture.ts';

const fleet = await loadRepositoryFleet();
const index = readFileSync(join(REPOSITORY_ROOT, 'addons/README.md'), 'utf8');

describe.each(fleet.addons.map((addon) => [addon.name, addon] as const))('%s', (name, addon) => {
  it('says what to look at after install, who owns its CRDs, and what was checked', () => {
    const text = readFileSync(join(REPOSITORY_ROOT, 'addons', name, 'README.md'), 'utf8');
    expect(text).toMatch(/^- \*\*After install\*\*: \S/m);
    expect(text).toMatch(/^- \*\*CRDs\*\*: \S/m);
    expect(text).toMatch(/^- \*\*Checked\*\*: \S/m);
  });

  it('is in the index with its version', () => {
    const version = addon.chart?.version ?? addon.git?.revision ?? '–';
    expect(index).toContain(
      `| ${addon.category} | [${name}](${name}/README.md) | ${version} | ${addon.description} |`,
    );
  });
});
