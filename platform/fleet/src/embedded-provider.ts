import { readFile } from 'node:fs/promises';
import { type FleetModel, NotFoundError } from '@drydock/model';
import { supervisorStatus } from './embedded/control.ts';
import { down } from './embedded/down.ts';
import { fleetPaths, kubeconfigPath } from './embedded/fleet-paths.ts';
import { PARTS } from './embedded/processes/process-message.ts';
import { up } from './embedded/up.ts';
import {
  type ClusterState,
  type FleetDown,
  type FleetPlan,
  type FleetProvider,
  type FleetRunOptions,
  type FleetStatus,
  fleetState,
} from './provider.ts';

/** The fleet on embedded clusters: processes of this machine that simulate workloads. */
export class EmbeddedProvider implements FleetProvider {
  readonly name = 'embedded';
  readonly #root: string;
  readonly #fleet: FleetModel;

  constructor(root: string, fleet: FleetModel) {
    this.#root = root;
    this.#fleet = fleet;
  }

  /** No tool of anybody else is called: the steps are the processes that are started. */
  async plan(): Promise<FleetPlan> {
    const steps = PARTS.map((part) => ({
      id: `parts/${part}`,
      title: `start ${part}`,
      needs: [],
      calls: [],
    }));
    const phases = [{ id: 'parts', title: 'Processes', steps }];
    return { provider: this.name, fleet: this.#fleet.name, files: [], phases, problems: [] };
  }

  async up({ progress = () => {}, signal }: FleetRunOptions = {}): Promise<FleetStatus> {
    signal?.throwIfAborted();
    const done = (title: string, milliseconds: number): void =>
      progress({ type: 'done', step: `parts/${title}`, title, milliseconds });
    await up({ root: this.#root, progress: done });
    return this.status();
  }

  async status(): Promise<FleetStatus> {
    const running = await supervisorStatus(fleetPaths(this.#root));
    const part = running?.parts.find((candidate) => candidate.part === 'clusters');
    const state: ClusterState =
      running === undefined ? 'absent' : part?.state === 'ready' ? 'running' : 'incomplete';
    const clusters = this.#fleet.clusters.map(({ name }) => ({ name, state }));
    return { provider: this.name, fleet: this.#fleet.name, state: fleetState(clusters), clusters };
  }

  async down(): Promise<FleetDown> {
    const wasRunning = await down({ paths: fleetPaths(this.#root), purge: true });
    return { removed: wasRunning ? this.#fleet.clusters.map(({ name }) => name) : [], kept: [] };
  }

  async kubeconfig(cluster: string): Promise<string> {
    const file = kubeconfigPath(fleetPaths(this.#root), cluster);
    const known = this.#fleet.clusters.some(({ name }) => name === cluster);
    const text = known ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
    if (text === undefined)
      throw new NotFoundError(`no embedded cluster "${cluster}" now; "drydock up" starts them`);
    return text;
  }
}
