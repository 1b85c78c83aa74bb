import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, runProgram } from './shell.ts';

const APPLICATION = 'workloads/demo/podinfo/application.yaml';

/** A temporary clone of this repository with a fleet of its own, used through git and the command line only. */
export class DemoClone {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Clones what is committed in `root`; the installed dependencies are shared. */
  static async create(root: string): Promise<DemoClone> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-demo-'));
    await runProgram('git', ['clone', '--quiet', '--no-hardlinks', root, folder], { cwd: root });
    await symlink(await realpath(join(root, 'node_modules')), join(folder, 'node_modules'), 'junction');
    const clone = new DemoClone(folder);
    await clone.git('config', 'user.name', 'developer');
    await clone.git('config', 'user.email', 'developer@example.com');
    return clone;
  }

  git(...args: readonly string[]): Promise<Finished> {
    return runProgram('git', args, { cwd: this.folder });
  }

  /** The command line of this clone. */
  drydock(args: readonly string[], accept: readonly number[] = [0]): Promise<Finished> {
    const main = join(this.folder, 'platform/cli/src/main.ts');
    return runProgram(process.execPath, [main, ...args], { cwd: this.folder, accept });
  }

  /** Changes podinfo's file and commits it. */
  async edit(change: (text: string) => string, message: string): Promise<void> {
    const file = join(this.folder, APPLICATION);
    const before = await readFile(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`the edit "${message}" changes nothing in ${APPLICATION}`);
    await writeFile(file, after);
    await this.git('commit', '--quiet', '--all', '--message', message);
  }

  /** Pushes to the fleet; a refusal is an answer here. */
  push(): Promise<Finished> {
    return runProgram('git', ['push', '--quiet', 'drydock', 'HEAD:main'], {
      cwd: this.folder,
      accept: [0, 1],
    });
  }

  /** Ends the fleet and removes the clone. */
  async remove(): Promise<void> {
    await this.drydock(['down']);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An edit that gives podinfo another image tag. */
export function withTag(tag: string): (text: string) => string {
  return (text) => text.replace(/(image: [^\s:]+\/podinfo):\S+/, `$1:${tag}`);
}
