import { defineConfig } from 'vitest/config';

/** Path of a JSON report to write beside the usual output; `.ci/run` sets it. */
const report = process.env.VITEST_REPORT;

export default defineConfig({
  test: {
    include: ['platform/**/*.test.ts', 'addons/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
