import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function call(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const written = { out: '', err: '' };
  const streams = {
    out: (text: string) => {
      written.out += text;
    },
    err: (text: string) => {
      written.err += text;
    },
    colour: false,
    interactive: false,
  };
  const code = await run(argv, { streams, env, cwd: folder, signal: new AbortController().signal });
  return { code, ...written };
}

describe('the command line', () => {
  it.each([[[]], [['help']], [['--help']]])('lists every command for %j', async (argv) => {
    const { code, out } = await call(argv);
    expect(code).toBe(0);
    for (const name of ['up', 'status', 'plan', 'approve', 'rollback', 'release-hold', 'synth'])
      expect(out).toContain(`  ${name}`);
  });

  it('explains one command with its options and defaults', async () => {
    const { code, out } = await call(['history', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: drydock history \[unit\] \[environment\] \[options\]/);
    expect(out).toContain('--limit N (20)');
  });

  it.each([
    ['a misspelt command', ['statsu'], 'no command "statsu", did you mean "status"?'],
    ['an unknown option', ['status', '--wide'], "Unknown option '--wide'"],
    ['a missing argument', ['approve', 'podinfo'], 'expected "drydock approve unit environment"'],
    ['one argument too many', ['thaw', 'dev', 'prod'], 'expected "drydock thaw [environment]"'],
    ['a freeze of nothing', ['freeze'], 'expected the name of an environment, or --fleet'],
    ['a time that is none', ['freeze', 'dev', '--until', 'soon'], '--until: expected a time'],
    ['an override without a reason', ['override', 'podinfo', 'prod'], 'expected --reason TEXT'],
    ['a folder that is not a fleet', ['validate'], 'no clusters/fleet.yaml in'],
  ])('refuses %s with the remedy, on standard error and with exit code 2', async (_, argv, message) => {
    const { code, out, err } = await call(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`drydock: `);
    expect(err).toContain(message);
  });

  it('says that the promoter does not answer, and never shows the token', async () => {
    const { code, err } = await call(['status'], {
      DRYDOCK_URL: 'http://127.0.0.1:1',
      DRYDOCK_TOKEN: 'secret-token',
    });
    expect(code).toBe(2);
    expect(err).toContain('the promoter at http://127.0.0.1:1 does not answer');
    expect(err).not.toContain('secret-token');
  });
});
