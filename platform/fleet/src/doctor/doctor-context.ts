import type { FleetModel, Problem } from '@drydock/model';
import type { MatrixView } from '@drydock/promoter';
import type { KindProfile } from '../kind/profile.ts';
import type { ToolRunner } from '../tools/command.ts';

/** What the machine says of itself. */
export interface Machine {
  /** As `process.platform`. */
  readonly platform: string;
  /** Version of the Node that runs this. */
  readonly node: string;
  cpus(): number;
  /** Bytes. */
  memory(): { readonly total: number; readonly available: number };
  /** Free bytes where a path lies. */
  diskFree(path: string): Promise<number>;
  /** IPv4 networks of the machine's interfaces, by name. */
  networks(): readonly { readonly name: string; readonly cidr: string }[];
}

/** Files, read only. */
export interface Files {
  /** Undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Permission bits; undefined where there is none. */
  mode(path: string): Promise<number | undefined>;
  /** Names in a folder; none where there is no folder. */
  list(folder: string): Promise<readonly string[]>;
}

/** The network, as far as it can be looked at without changing anything. */
export interface Network {
  /** Whether a name has an address. */
  resolves(host: string): Promise<boolean>;
  /** Whether nobody listens there. */
  isFree(address: string, port: number): Promise<boolean>;
  /** What time a server thinks it is; undefined when it does not answer. */
  time(url: string): Promise<Date | undefined>;
}

/** A fleet that runs. */
export interface LiveFleet {
  readonly provider: 'embedded' | 'kind';
  /** What the promoter sees of every unit. */
  matrix(): Promise<MatrixView>;
  /** How the processes of the fleet are. */
  parts(): Promise<readonly { readonly part: string; readonly state: string; readonly restarts: number }[]>;
}

/** Everything that checks look at; each part can be a fake. */
export interface DoctorContext {
  /** Root of the repository, absolute. */
  readonly root: string;
  /** Undefined when its files do not load. */
  readonly fleet: FleetModel | undefined;
  /** Why they do not. */
  readonly problems: readonly Problem[];
  /** How the fleet is laid over this machine by Kind. */
  readonly profile: KindProfile | undefined;
  readonly tools: ToolRunner;
  readonly machine: Machine;
  readonly files: Files;
  readonly network: Network;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Fleets of this repository that run now. */
  readonly live: readonly LiveFleet[];
}
