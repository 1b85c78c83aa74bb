import { type FleetModel, NotFoundError, UnavailableError } from '@drydock/model';
import type {
  ClusterStatus,
  FleetDown,
  FleetPlan,
  FleetProvider,
  FleetRunOptions,
  FleetStatus,
} from '../provider.ts';
import { fleetState } from '../provider.ts';
import { type Command, quick, type ToolRunner } from '../tools/command.ts';
import { commandLine } from '../tools/command-line.ts';
import { ToolFailedError } from '../tools/tool-errors.ts';

export interface ExternalProviderOptions {
  readonly fleet: FleetModel;
  readonly tools: ToolRunner;
  /** Cluster of the fleet → context of the kubeconfig. @default a context of the same name */
  readonly contexts?: Readonly<Record<string, string>> | undefined;
}

/**
 * Clusters that somebody else made and keeps, by the contexts of the kubeconfig of this machine. It looks whether they are
 * ready for GitOps and changes nothing on them, neither at `up` nor at `down`.
 */
export class ExternalProvider implements FleetProvider {
  readonly name = 'external';
  readonly #fleet: FleetModel;
  readonly #tools: ToolRunner;
  readonly #contexts: Readonly<Record<string, string>>;

  constructor({ fleet, tools, contexts = {} }: ExternalProviderOptions) {
    this.#fleet = fleet;
    this.#tools = tools;
    this.#contexts = contexts;
  }

  async plan(): Promise<FleetPlan> {
    const steps = this.#fleet.clusters.map(({ name }) => {
      const command = this.#probe(name);
      const calls = [{ command: commandLine(command), timeLimit: command.timeLimit }];
      return { id: `clusters/${name}`, title: `look whether ${name} answers`, needs: [], calls };
    });
    const phases = [{ id: 'clusters', title: 'Clusters', steps }];
    return { provider: this.name, fleet: this.#fleet.name, files: [], phases, problems: [] };
  }

  async up({ progress = () => {}, signal }: FleetRunOptions = {}): Promise<FleetStatus> {
    signal?.throwIfAborted();
    const status = await this.status();
    for (const { name, state, message = '' } of status.clusters) {
      const place = { step: `clusters/${name}`, title: `look whether ${name} answers` };
      if (state === 'running') progress({ type: 'done', ...place, milliseconds: 0 });
      else progress({ type: 'failed', ...place, message });
    }
    if (status.state === 'running') return status;
    const missing = status.clusters.filter(({ state }) => state !== 'running');
    throw new UnavailableError(
      missing.map(({ name, message }) => `cluster "${name}": ${message}`).join('; '),
    );
  }

  async status(): Promise<FleetStatus> {
    const known = await this.#knownContexts();
    const clusters = await Promise.all(
      this.#fleet.clusters.map(async ({ name }): Promise<ClusterStatus> => {
        const context = this.#contextOf(name);
        if (!known.has(context)) {
          return { name, state: 'absent', message: `no context "${context}" in the kubeconfig` };
        }
        const { exitCode, stderr } = await this.#tools.run(this.#probe(name));
        if (exitCode === 0) return { name, state: 'running' };
        return { name, state: 'unreachable', message: stderr.trim().split('\n').at(-1) ?? '' };
      }),
    );
    return { provider: this.name, fleet: this.#fleet.name, state: fleetState(clusters), clusters };
  }

  /** Nothing here was made by this provider. */
  async down(): Promise<FleetDown> {
    return { removed: [], kept: (await this.status()).clusters };
  }

  async kubeconfig(cluster: string): Promise<string> {
    const known = await this.#knownContexts();
    const context = this.#contextOf(cluster);
    if (!this.#fleet.clusters.some(({ name }) => name === cluster) || !known.has(context)) {
      throw new NotFoundError(`no cluster "${cluster}" with a context "${context}" in the kubeconfig`);
    }
    const command: Command = {
      ...quick('kubectl', 'config', 'view', '--raw', '--minify', '--flatten', `--context=${context}`),
      secret: true,
    };
    const result = await this.#tools.run(command);
    if (result.exitCode !== 0) throw new ToolFailedError(command, result);
    return result.stdout;
  }

  #contextOf(cluster: string): string {
    return this.#contexts[cluster] ?? cluster;
  }

  #probe(cluster: string): Command {
    return quick('kubectl', `--context=${this.#contextOf(cluster)}`, 'get', '--raw=/readyz');
  }

  async #knownContexts(): Promise<ReadonlySet<string>> {
    const { stdout } = await this.#tools.run(quick('kubectl', 'config', 'get-contexts', '--output=name'));
    return new Set(stdout.split('\n').filter((line) => line !== ''));
  }
}
