import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError } from '@drydock/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { ToolMissingError } from './tool-errors.ts';
import { zxToolRunner } from './zx-tool-runner.ts';

let logs: string;
beforeEach(async () => {
  logs = await mkdtemp(join(tmpdir(), 'drydock-tools-'));
});
afterEach(() => rm(logs, { recursive: true, force: true }));

/** A Node that runs a line of JavaScript. */
function node(script: string, more: Partial<Command> = {}, ...args: readonly string[]): Command {
  return { tool: 'node', args: ['-e', script, ...args], timeLimit: 10_000, ...more };
}

describe('calling real tools', () => {
  it('gives back what they print and how they end', async () => {
    const result = await zxToolRunner().run(
      node('console.log("out"); console.error("err"); process.exitCode = 3'),
    );
    expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('hands arguments over as they are, whatever a shell would make of them', async () => {
    const args = ['a b', '$(id)', "it's", '`x`', '*', '; rm -rf /', 'ünï', ''];
    const { stdout } = await zxToolRunner().run(
      node('console.log(JSON.stringify(process.argv.slice(1)))', {}, '--', ...args),
    );
    expect(JSON.parse(stdout)).toEqual(args);
  });

  it('feeds them', async () => {
    const stdin = 'kind: Secret\n';
    const { stdout } = await zxToolRunner().run(node('process.stdin.pipe(process.stdout)', { stdin }));
    expect(stdout).toBe(stdin);
  });

  it('ends those that take too long', async () => {
    const slow = node('setTimeout(() => {}, 60_000)', { timeLimit: 300 });
    await expect(zxToolRunner().run(slow)).rejects.toThrow('did not end within 0.3 s and was stopped');
  });

  it('ends them with the signal', async () => {
    const controller = new AbortController();
    const run = zxToolRunner().run(node('setTimeout(() => {}, 60_000)'), controller.signal);
    setTimeout(() => controller.abort(), 200);
    await expect(run).rejects.toBeInstanceOf(UnavailableError);
  });

  it('ends what they have started with them', async () => {
    const child =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
    const script = `require('node:fs').writeFileSync(process.argv[1], String(${child}.pid)); setTimeout(() => {}, 60_000)`;
    const file = join(logs, 'pid');
    const slow = node(script, { timeLimit: 1_500 }, '--', file);
    await expect(zxToolRunner().run(slow)).rejects.toBeInstanceOf(UnavailableError);
    const pid = Number(await readFile(file, 'utf8'));
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('names a tool that is not there', async () => {
    const command = { tool: 'no-such-tool' as never, args: [], timeLimit: 5_000 };
    await expect(zxToolRunner().run(command)).rejects.toBeInstanceOf(ToolMissingError);
  });

  it('keeps a log for each tool, without credentials', async () => {
    const tools = zxToolRunner({ logs, now: () => new Date(0) });
    await tools.run(node('console.log("shown")', { stdin: 'fed' }));
    await tools.run(node('console.log("hidden" + "-token")', { secret: true }));
    const log = await readFile(join(logs, 'node.log'), 'utf8');
    expect(log).toContain('1970-01-01T00:00:00.000Z node -e');
    expect(log).toContain('shown\nexit code 0\n');
    expect(log).not.toMatch(/hidden-token|fed/);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
