/** Receives what a cluster has to say. */
export interface Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Tells the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** How simulated workloads behave; all durations in milliseconds. */
export interface SimulationOptions {
  /** From a pod's creation until it is ready. @default 300 */
  readonly podReadyAfter?: number;
  /** The same for a pod with the fault `slow-start`. @default 5000 */
  readonly slowPodReadyAfter?: number;
  /** From the creation of a job's pod until it has succeeded. @default 500 */
  readonly jobPodSucceedsAfter?: number;
  /** From a pod's deletion until it is gone. @default 50 */
  readonly podTerminatesAfter?: number;
  /** After which a Deployment without progress says so; a shorter `progressDeadlineSeconds` of its own wins. @default 3000 */
  readonly progressDeadline?: number;
}

/** One embedded cluster. */
export interface ClusterOptions {
  readonly name: string;
  /** Folder for log, snapshot, certificates and token; made with mode 0700, secrets in it with 0600. */
  readonly dataDir: string;
  /** Port on loopback; 0 takes any and keeps it for the next start. @default 0 */
  readonly port?: number;
  /** @default v1.34.2 */
  readonly kubernetesVersion?: string;
  /** @default one node named `<name>-control-plane` */
  readonly nodes?: readonly { readonly name: string; readonly labels?: Readonly<Record<string, string>> }[];
  /** @default 10.244.0.0/16 */
  readonly podSubnet?: string;
  /** @default 10.96.0.0/16 */
  readonly serviceSubnet?: string;
  /** CustomResourceDefinitions to register at the start, beside the built-in ones. @default none */
  readonly crds?: readonly object[];
  readonly simulation?: SimulationOptions;
  /** @default silent */
  readonly logger?: Logger;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<ClusterOptions, 'simulation'>> & {
  readonly simulation: Required<SimulationOptions>;
};

const SILENT: Logger = { info: () => {}, warn: () => {}, error: () => {} };

/** @throws RangeError for a name or a subnet that is none */
export function resolveOptions(options: ClusterOptions): ResolvedOptions {
  if (!/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(options.name))
    throw new RangeError(`cluster name ${JSON.stringify(options.name)}: expected a lowercase DNS label`);
  const resolved = {
    port: 0,
    kubernetesVersion: 'v1.34.2',
    nodes: [{ name: `${options.name}-control-plane` }],
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
    crds: [],
    logger: SILENT,
    clock: Date,
    ...options,
  };
  for (const subnet of [resolved.podSubnet, resolved.serviceSubnet]) {
    if (!/^\d{1,3}(\.\d{1,3}){3}\/([89]|[12]\d|30)$/.test(subnet))
      throw new RangeError(`subnet ${JSON.stringify(subnet)}: expected an IPv4 range such as 10.96.0.0/16`);
  }
  return { ...resolved, simulation: { ...SIMULATION, ...options.simulation } };
}

const SIMULATION: Required<SimulationOptions> = {
  podReadyAfter: 300,
  slowPodReadyAfter: 5000,
  jobPodSucceedsAfter: 500,
  podTerminatesAfter: 50,
  progressDeadline: 3000,
};
