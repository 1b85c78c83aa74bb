import { type Addon, addonValues, type Cluster, type FleetModel } from '@drydock/model';
import { stringify } from 'yaml';
import { type Command, quick } from '../../tools/command.ts';
import { type KindPaths, kindKubeconfig } from '../names.ts';
import { type Call, type Check, MINUTE } from './step.ts';

/** An addon with a chart. */
export type ChartAddon = Addon & { readonly chart: NonNullable<Addon['chart']> };

export function hasChart(addon: Addon): addon is ChartAddon {
  return addon.chart !== undefined;
}

export interface HelmOptions {
  readonly fleet: FleetModel;
  readonly addon: ChartAddon;
  readonly cluster: Cluster;
  readonly paths: KindPaths;
}

/** Minutes for images to arrive and pods to get ready. */
const PATIENCE = 10;

/**
 * Installs an addon with the release name, the namespace and the values with which GitOps takes it over afterwards, so
 * that taking it over changes nothing. Once it is there it is GitOps' alone: see {@link isInstalled}.
 */
export function helmInstall(options: HelmOptions): readonly Call[] {
  const { fleet, addon, cluster } = options;
  const { chart } = addon;
  const source = chart.repository.startsWith('oci://')
    ? [`${chart.repository.replace(/\/$/, '')}/${chart.name}`]
    : [chart.name, `--repo=${chart.repository}`];
  const args = [
    'upgrade',
    '--install',
    chart.release,
    ...source,
    `--version=${chart.version}`,
    ...place(options),
    '--create-namespace',
    '--values=-',
    '--wait',
    `--timeout=${PATIENCE}m`,
  ];
  const stdin = stringify(addonValues(fleet, addon, cluster), { sortMapEntries: true });
  const install: Call = { tool: 'helm', args, stdin, timeLimit: (PATIENCE + 2) * MINUTE };
  return [forget(options), install];
}

/** Whether the release is there: an upgrade from here would undo what was promoted since. */
export function isInstalled(options: HelmOptions): Check {
  return { command: status(options), stdout: /"status":\s*"deployed"/ };
}

/** An install that was interrupted blocks the next one until it is forgotten (`another operation is in progress`). */
function forget(options: HelmOptions): Call {
  const { addon } = options;
  const args = ['uninstall', addon.chart.release, ...place(options), '--ignore-not-found', '--wait'];
  const when = {
    command: status(options),
    stdout: /"status":\s*"(pending-install|pending-upgrade|uninstalling)"/,
  };
  return { tool: 'helm', args, timeLimit: 5 * MINUTE, when };
}

function status(options: HelmOptions): Command {
  return quick('helm', 'status', options.addon.chart.release, ...place(options), '--output=json');
}

function place({ addon, cluster, paths }: HelmOptions): readonly string[] {
  return [`--namespace=${addon.namespace}`, `--kubeconfig=${kindKubeconfig(paths, cluster.name)}`];
}
