import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEMO = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url));

interface DemoResult {
  readonly passed: boolean;
  readonly failure?: string;
  readonly steps: readonly { readonly step: string; readonly seen: string }[];
}

describe('make demo', () => {
  it('sees every step of a push, an approval, a failure and a rollback in the clusters themselves', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO, '--output', 'json'], {
      cwd: ROOT,
      maxBuffer: 10 << 20,
    }).catch((error: { readonly stdout: string }) => error);
    const { passed, failure, steps } = JSON.parse(stdout) as DemoResult;
    expect(failure).toBeUndefined();
    expect(passed).toBe(true);
    expect(steps.length).toBeGreaterThan(5);
  }, 300_000);
});
