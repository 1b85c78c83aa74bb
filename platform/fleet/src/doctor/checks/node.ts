import type { Check } from '../check.ts';
import { compareVersions, parseVersion } from '../version.ts';

/** TypeScript runs without a flag since 22.18; what is pinned in package.json is 24. */
const LEAST = [24, 0, 0] as const;

export const nodeCheck: Check = {
  name: 'node',
  title: 'Node',
  codes: ['DRY103'],
  async run({ machine }) {
    const found = parseVersion(machine.node);
    if (found === undefined || compareVersions(found, LEAST) >= 0) return [];
    const text = `version ${machine.node}, expected ${LEAST[0]} or newer`;
    const remedy = 'npm ci, then call node_modules/.bin/drydock: it brings its own Node';
    return [{ code: 'DRY103', severity: 'error', subject: 'node', found: text, remedy }];
  },
};
