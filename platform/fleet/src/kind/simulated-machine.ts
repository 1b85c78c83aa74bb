import { UnavailableError } from '@drydock/model';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Command, CommandResult, ToolRunner } from '../tools/command.ts';
import { commandLine } from '../tools/command-line.ts';

const configSchema = z.object({
  name: z.string(),
  nodes: z.array(
    z.object({ role: z.string(), extraMounts: z.array(z.object({ containerPath: z.string() })) }),
  ),
});

interface Container {
  readonly name: string;
  readonly cluster: string;
  readonly mounts: readonly string[];
  running: boolean;
}

const COREFILE = '.:53 {\n    errors\n}\n';
const NOTHING: CommandResult = { exitCode: 0, stdout: '', stderr: '' };
const FAILED: CommandResult = { exitCode: 1, stdout: '', stderr: 'not found' };

/**
 * A machine with Docker, Kind, Helm and kubectl as far as the Kind provider uses them, for tests: it remembers containers
 * and releases, and can be interrupted in the middle of any command that changes something.
 */
export class SimulatedMachine implements ToolRunner {
  readonly containers: Container[] = [];
  readonly commands: Command[] = [];
  readonly #releases = new Map<string, 'deployed' | 'pending-install'>();
  /** Commands that change something until one is interrupted; undefined: none is. */
  #until: number | undefined;

  /** Every command so far, as it would be typed. */
  get calls(): readonly string[] {
    return this.commands.map(commandLine);
  }

  /** Interrupts the command that changes something after this many others. */
  interruptAfter(changes: number): void {
    this.#until = changes;
  }

  /** Adds a cluster that somebody else made. */
  addForeign(cluster: string): void {
    this.containers.push({ name: `${cluster}-control-plane`, cluster, mounts: [], running: true });
  }

  /** What a restart of the machine leaves. */
  stopAll(): void {
    for (const container of this.containers) container.running = false;
  }

  async run(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    signal?.throwIfAborted();
    this.commands.push(command);
    const changes = isChange(command);
    if (changes && this.#until === 0) {
      this.#until = undefined;
      this.#halfDo(command);
      throw new UnavailableError('interrupted');
    }
    if (changes && this.#until !== undefined) this.#until -= 1;
    return this.#do(command);
  }

  #do(command: Command): CommandResult {
    switch (command.tool) {
      case 'docker':
        return this.#docker(command);
      case 'kind':
        return this.#kind(command);
      case 'helm':
        return this.#helm(command);
      case 'git':
        return command.args.includes('rev-parse') ? FAILED : NOTHING;
      case 'kubectl':
        return this.#kubectl(command);
      default:
        return NOTHING;
    }
  }

  #docker({ args }: Command): CommandResult {
    if (args[0] === 'start') {
      for (const container of this.containers) if (args.includes(container.name)) container.running = true;
    }
    if (args[0] === 'network') return { ...NOTHING, stdout: '172.18.0.1 fc00:f853:ccd:e793::1 \n' };
    if (args[0] !== 'ps') return NOTHING;
    const volume = args.find((word) => word.startsWith('volume='))?.slice('volume='.length);
    const marked = this.containers.filter(({ mounts }) => volume === undefined || mounts.includes(volume));
    const lines = marked.map(({ name, cluster, running }) =>
      volume === undefined ? `${name}\t${cluster}\t${running ? 'running' : 'exited'}` : name,
    );
    return { ...NOTHING, stdout: lines.map((line) => `${line}\n`).join('') };
  }

  #kind({ args, stdin = '' }: Command): CommandResult {
    const name = args.find((word) => word.startsWith('--name='))?.slice('--name='.length) ?? '';
    if (args[0] === 'delete') {
      const rest = this.containers.filter(({ cluster }) => cluster !== name);
      this.containers.splice(0, this.containers.length, ...rest);
      for (const key of this.#releases.keys()) if (key.startsWith(`${name}/`)) this.#releases.delete(key);
    }
    if (args[0] !== 'create') return NOTHING;
    if (this.containers.some(({ cluster }) => cluster === name)) {
      return { ...FAILED, stderr: 'node(s) already exist for a cluster with the name' };
    }
    for (const [index, { role, extraMounts }] of configSchema.parse(parse(stdin)).nodes.entries()) {
      const mounts = extraMounts.map(({ containerPath }) => containerPath);
      this.containers.push({ name: `${name}-${role}${index || ''}`, cluster: name, mounts, running: true });
    }
    return NOTHING;
  }

  #helm({ args }: Command): CommandResult {
    const release = `${clusterOf(args)}/${args.find((word, index) => index > 0 && !word.startsWith('-'))}`;
    if (args[0] === 'upgrade' && this.#releases.get(release) === 'pending-install') {
      return { ...FAILED, stderr: 'another operation (install/upgrade/rollback) is in progress' };
    }
    if (args[0] === 'upgrade') this.#releases.set(release, 'deployed');
    if (args[0] === 'uninstall') this.#releases.delete(release);
    if (args[0] !== 'status') return NOTHING;
    const status = this.#releases.get(release);
    return status === undefined ? FAILED : { ...NOTHING, stdout: `{"info":{"status":"${status}"}}` };
  }

  #kubectl({ args }: Command): CommandResult {
    const running = this.containers.some(({ cluster, running }) => cluster === clusterOf(args) && running);
    if (!running && !args.includes('version')) return { ...FAILED, stderr: 'connection refused' };
    if (args.includes('configmap/coredns')) return { ...NOTHING, stdout: COREFILE };
    if (args.some((word) => word.endsWith('{.data.token}'))) {
      return { ...NOTHING, stdout: Buffer.from('head.body.tail').toString('base64') };
    }
    if (args.some((word) => word.endsWith('{.data.ca\\.crt}'))) return { ...NOTHING, stdout: 'Q0E=' };
    return args.some((word) => word.startsWith('customresourcedefinition')) ? FAILED : NOTHING;
  }

  /** What a command leaves that is killed half-way. */
  #halfDo(command: Command): void {
    if (command.tool === 'kind' && command.args[0] === 'create') this.#kind(command);
    if (command.tool === 'helm' && command.args[0] === 'upgrade') {
      const name = command.args.find((word, index) => index > 0 && !word.startsWith('-'));
      this.#releases.set(`${clusterOf(command.args)}/${name}`, 'pending-install');
    }
  }
}

const CHANGES = ['create', 'delete', 'start', 'stop', 'upgrade', 'uninstall', 'apply'];

function isChange({ args, tool }: Command): boolean {
  return tool !== 'kubectl' ? args.some((word) => CHANGES.includes(word)) : args.includes('apply');
}

function clusterOf(args: readonly string[]): string {
  return /\/([^/]+)\.yaml$/.exec(args.find((word) => word.startsWith('--kubeconfig=')) ?? '')?.[1] ?? '';
}
