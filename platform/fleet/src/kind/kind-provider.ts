import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AddonObjectsByName, loadAddonObjects } from '@drydock/constructs';
import { ConflictError, type FleetModel, InputError, NotFoundError } from '@drydock/model';
import type {
  ClusterStatus,
  FleetDown,
  FleetPlan,
  FleetProvider,
  FleetRunOptions,
  FleetStatus,
} from '../provider.ts';
import { fleetState } from '../provider.ts';
import type { ToolRunner } from '../tools/command.ts';
import { clusterStatuses } from './cluster-status.ts';
import { localSecrets } from './local-secrets.ts';
import { madeClusters } from './made-clusters.ts';
import { membersOf } from './members.ts';
import { type KindPaths, kindKubeconfig, kindPaths, type Owner, ownerMount } from './names.ts';
import { type ObservedCluster, observeClusters } from './observe.ts';
import { kindConfigs } from './phases/clusters.ts';
import { ids, type PlanContext } from './plan/context.ts';
import { describePlan } from './plan/describe-plan.ts';
import { type KindPlan, kindPlan } from './plan/kind-plan.ts';
import { type PlanClock, runPlan } from './plan/run-plan.ts';
import type { KindProfile } from './profile.ts';
import { removeClusters } from './remove-clusters.ts';

export interface KindProviderOptions {
  /** Root of the repository, absolute. */
  readonly root: string;
  readonly fleet: FleetModel;
  readonly profile: KindProfile;
  readonly tools: ToolRunner;
  readonly clock: PlanClock;
  /** See {@link PlanContext.gitAddress}. */
  readonly gitAddress?: string | undefined;
  /** Looked at by `up` before anything starts. @returns what stands against it @default nothing is looked at */
  readonly preflight?: (() => Promise<readonly string[]>) | undefined;
}

/** The fleet on real clusters, as containers of this machine, made by Kind (https://kind.sigs.k8s.io). */
export class KindProvider implements FleetProvider {
  readonly name = 'kind';
  readonly #options: KindProviderOptions;
  readonly #paths: KindPaths;
  readonly #owner: Owner;

  constructor(options: KindProviderOptions) {
    this.#options = options;
    this.#paths = kindPaths(options.root);
    this.#owner = { fleet: options.fleet.name, root: options.root };
  }

  /** Without Docker, the plan for a machine on which nothing is there yet. */
  async plan(): Promise<FleetPlan> {
    const observed = await this.#observe().catch(() => new Map<string, ObservedCluster>());
    return describePlan(this.#options.fleet.name, kindPlan(await this.#context(observed)));
  }

  async up({ progress = () => {}, signal }: FleetRunOptions = {}): Promise<FleetStatus> {
    this.#refuse((await this.#options.preflight?.()) ?? []);
    const context = await this.#context(await this.#observe());
    const plan = kindPlan(context);
    if (plan.foreign.length > 0) throw new ConflictError(plan.foreign.join('; '));
    this.#refuse(plan.problems);
    await this.#prepare(plan);
    const configs = new Map(kindConfigs(context).map((config) => [ids.cluster(config.name), config]));
    const made = madeClusters(this.#paths);
    await runPlan(plan.phases, {
      tools: this.#options.tools,
      parallel: this.#options.profile.parallel,
      values: await this.#values(),
      clock: this.#options.clock,
      signal,
      progress,
      finished: async ({ id }) => {
        const config = configs.get(id);
        const before = config === undefined ? undefined : context.observed.get(config.name);
        if (config !== undefined && before?.complete !== true) await made.add(config);
      },
    });
    return this.status();
  }

  async status(): Promise<FleetStatus> {
    const { fleet, tools } = this.#options;
    const observed = await this.#observe();
    const context = await this.#context(observed);
    const made = await madeClusters(this.#paths).list();
    const clusters = await clusterStatuses(context, { tools, made });
    return { provider: this.name, fleet: fleet.name, state: fleetState(clusters), clusters };
  }

  async down({ progress = () => {}, signal }: FleetRunOptions = {}): Promise<FleetDown> {
    const observed = await this.#observe();
    const { tools, clock, root, fleet } = this.#options;
    const removed = await removeClusters([...observed.values()], {
      tools,
      clock,
      root,
      paths: this.#paths,
      progress,
      signal,
    });
    const foreign = fleet.clusters.filter(({ name }) => observed.get(name)?.ours === false);
    const kept = foreign.map(({ name }): ClusterStatus => ({ name, state: 'foreign' }));
    return { removed, kept };
  }

  async kubeconfig(cluster: string): Promise<string> {
    const file = kindKubeconfig(this.#paths, cluster);
    const known = await madeClusters(this.#paths).list();
    const text = known.has(cluster) ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
    if (text !== undefined) return text;
    const names = [...known.keys()].join(', ') || 'none';
    throw new NotFoundError(`no Kind cluster "${cluster}" of this fleet; there are: ${names}`);
  }

  async #observe(): Promise<ReadonlyMap<string, ObservedCluster>> {
    const made = await madeClusters(this.#paths).list();
    return observeClusters(this.#options.tools, ownerMount(this.#owner), new Set(made.keys()));
  }

  async #context(observed: ReadonlyMap<string, ObservedCluster>): Promise<PlanContext> {
    const { root, fleet, profile, gitAddress } = this.#options;
    const members = membersOf(fleet, profile);
    const addonObjects: AddonObjectsByName = await loadAddonObjects(root, fleet);
    return {
      fleet,
      profile,
      members,
      addonObjects,
      observed,
      gitAddress,
      paths: this.#paths,
      owner: this.#owner,
    };
  }

  #refuse(problems: readonly string[]): void {
    if (problems.length === 0) return;
    const listed = problems.map((message) => ({ file: `profile ${this.#options.profile.name}`, message }));
    throw new InputError('the fleet cannot be brought up on this machine', { problems: listed });
  }

  async #prepare({ files }: KindPlan): Promise<void> {
    for (const folder of [
      this.#paths.owner,
      this.#paths.kubeconfigs,
      this.#paths.logs,
      this.#paths.sources,
    ]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    for (const { path, content } of files) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }

  async #values(): Promise<ReadonlyMap<string, string>> {
    const { gitToken, submarinerPsk } = await localSecrets(this.#paths);
    return new Map([
      ['git.token', gitToken],
      ['submariner.psk', submarinerPsk],
    ]);
  }
}
