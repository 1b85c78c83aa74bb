import type { Capability } from './addon.ts';
import type { FleetFiles, Report } from './fleet-files.ts';
import {
  type Application,
  type Cluster,
  capabilitiesOf,
  type FleetModel,
  targetsOf,
  type Workload,
  workloadIn,
} from './fleet-model.ts';
import { checkReference, reportAt } from './reference.ts';
import type { YamlFile } from './yaml-file.ts';

interface Feature {
  /** Where it is written, below `spec`. */
  readonly path: readonly PropertyKey[];
  readonly used: (workload: Workload) => boolean;
  readonly needs: Capability;
}

const FEATURES: readonly Feature[] = [
  { path: ['mesh'], used: ({ mesh }) => mesh, needs: 'mesh' },
  { path: ['expose'], used: ({ expose }) => expose !== undefined, needs: 'gateway' },
  { path: ['rollout'], used: ({ rollout }) => rollout.strategy !== 'rolling', needs: 'progressive-delivery' },
  { path: ['exportTo'], used: ({ exportTo }) => exportTo !== undefined, needs: 'fleet-services' },
  { path: ['database'], used: ({ database }) => database !== undefined, needs: 'databases' },
  {
    path: ['database', 'migrations'],
    used: ({ database }) => database?.migrations !== undefined,
    needs: 'migrations',
  },
  { path: ['secrets'], used: ({ secrets }) => Object.keys(secrets).length > 0, needs: 'secrets' },
  {
    path: ['network', 'http'],
    used: ({ network, mesh }) => network.http.length > 0 && !mesh,
    needs: 'layer-7-policies',
  },
  {
    path: ['network', 'to'],
    used: ({ network }) => network.to.some((destination) => 'host' in destination),
    needs: 'layer-7-policies',
  },
];

/** Features of applications: what they need is on every cluster they go to, and they fit together. */
export function checkFeatures(fleet: FleetModel, files: FleetFiles, report: Report): void {
  for (const { name, team, file } of files.applications) {
    const application = fleet.applications.find((one) => one.name === name && one.team === team);
    if (application === undefined) continue;
    checkCapabilities(fleet, application, file, report);
    checkPeers(application, files, file, report);
    for (const workload of [application.workload, ...Object.values(application.workloads)]) {
      checkCombinations(workload, file, report);
    }
  }
}

function checkCapabilities(
  fleet: FleetModel,
  application: Application,
  file: YamlFile,
  report: Report,
): void {
  for (const feature of FEATURES) {
    const lacking = targetsOf(fleet, application).filter((cluster) =>
      lacks(fleet, cluster, application, feature),
    );
    if (lacking.length === 0) continue;
    const clusters = lacking.map(({ name }) => `"${name}"`).join(', ');
    const providers = fleet.addons
      .filter(({ provides }) => provides.includes(feature.needs))
      .map(({ name }) => name);
    const message = `"${feature.path.join('.')}" needs ${feature.needs}, which ${clusters} lacks`;
    const remedy = providers.length === 0 ? undefined : `switch on the addon ${providers.join(' or ')} there`;
    reportAt({ file, path: ['spec', ...feature.path] }, { message, remedy }, report);
  }
}

function lacks(fleet: FleetModel, cluster: Cluster, application: Application, feature: Feature): boolean {
  if (!feature.used(workloadIn(application, cluster.environment))) return false;
  return !capabilitiesOf(fleet, cluster).has(feature.needs);
}

function checkPeers(application: Application, files: FleetFiles, file: YamlFile, report: Report): void {
  const known = files.names.application;
  application.workload.network.from.forEach((name, index) => {
    const path = ['spec', 'network', 'from', index];
    checkReference({ file, path, what: 'application', name }, known, report);
  });
  application.workload.network.to.forEach((destination, index) => {
    if (!('application' in destination)) return;
    const path = ['spec', 'network', 'to', index, 'application'];
    checkReference({ file, path, what: 'application', name: destination.application }, known, report);
  });
}

function checkCombinations(workload: Workload, file: YamlFile, report: Report): void {
  const { rollout, expose, ports, exportTo } = workload;
  const at = (field: string, message: string, remedy: string): void => {
    reportAt({ file, path: ['spec', field] }, { message, remedy }, report);
  };
  const routed = rollout.strategy === 'canary' || rollout.strategy === 'abTest';
  if (routed && expose === undefined) {
    at(
      'rollout',
      `"${rollout.strategy}" needs a route whose traffic it can split`,
      'add "expose", or use "blueGreen"',
    );
  }
  for (const [field, used] of [
    ['expose', expose],
    ['exportTo', exportTo],
  ] as const) {
    if (used !== undefined && ports.length === 0) at(field, `"${field}" needs a port`, 'add "port"');
  }
  if (rollout.strategy !== 'rolling' && ports.length === 0)
    at('rollout', 'a rollout needs a port', 'add "port"');
  if (expose?.port !== undefined && !ports.some(({ name }) => name === expose.port)) {
    at('expose', `unknown port "${expose.port}"`, `known: ${ports.map(({ name }) => name).join(', ')}`);
  }
}
