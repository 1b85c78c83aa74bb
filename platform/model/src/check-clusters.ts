import { ADDON_LABEL_PREFIX } from './addon.ts';
import { type Cidr, cidrsOverlap, parseCidr } from './cidr.ts';
import type { ClusterDocument } from './cluster.ts';
import type { Declared, FleetFiles, Report } from './fleet-files.ts';
import { checkReference, reportAt } from './reference.ts';

/** Argo CD's own name for the cluster it runs in; the hub is addressed by it. */
const RESERVED = new Set(['in-cluster']);

/** Clusters: one hub, known environments and addons, unique ids, and networks that can be joined. */
export function checkClusters(files: FleetFiles, report: Report): void {
  const environments = new Set(files.fleet?.document.spec.environments.map(({ name }) => name));
  for (const cluster of files.clusters) {
    const path = ['spec', 'environment'];
    const reference = {
      file: cluster.file,
      path,
      what: 'environment',
      name: cluster.document.spec.environment,
    };
    if (files.fleet !== undefined) checkReference(reference, environments, report);
    if (RESERVED.has(cluster.name)) {
      reportAt(
        { file: cluster.file, path: ['metadata', 'name'] },
        { message: `"${cluster.name}" is reserved` },
        report,
      );
    }
    checkAddonLabels(cluster, files, report);
  }
  checkHub(files, report);
  checkIds(files, report);
  checkNetworks(files, report);
}

function checkAddonLabels(
  { file, document }: Declared<ClusterDocument>,
  files: FleetFiles,
  report: Report,
): void {
  for (const [label, value] of Object.entries(document.metadata.labels)) {
    if (!label.startsWith(ADDON_LABEL_PREFIX)) continue;
    const path = ['metadata', 'labels', label];
    const name = label.slice(ADDON_LABEL_PREFIX.length);
    checkReference({ file, path, what: 'addon', name }, files.names.addon, report);
    if (value !== 'enabled' && value !== 'disabled') {
      reportAt({ file, path }, { message: `expected "enabled" or "disabled", got "${value}"` }, report);
    }
  }
}

function checkHub(files: FleetFiles, report: Report): void {
  if (files.clusters.length < files.names.cluster.size) return;
  const hubs = files.clusters.filter(({ document }) => document.spec.role === 'hub');
  if (hubs.length === 0 && files.clusters.length > 0) {
    report({ file: 'clusters', message: 'expected one cluster with "role: hub", got none' });
  }
  for (const { file } of hubs.slice(1)) {
    const message = `expected one cluster with "role: hub", got ${hubs.map(({ name }) => `"${name}"`).join(' and ')}`;
    reportAt({ file, path: ['spec', 'role'] }, { message }, report);
  }
}

function checkIds(files: FleetFiles, report: Report): void {
  const owners = new Map<number, string>();
  for (const { name, file, document } of files.clusters) {
    const owner = owners.get(document.spec.id);
    const message = `cluster "${owner}" has the id ${document.spec.id} too`;
    if (owner !== undefined) reportAt({ file, path: ['spec', 'id'] }, { message }, report);
    else owners.set(document.spec.id, name);
  }
}

function checkNetworks(files: FleetFiles, report: Report): void {
  const taken: { readonly owner: string; readonly text: string; readonly range: Cidr }[] = [];
  for (const { name, file, document } of files.clusters) {
    for (const subnet of ['podSubnet', 'serviceSubnet'] as const) {
      const text = document.spec.network[subnet];
      const range = parseCidr(text);
      if (range === undefined) continue;
      const other = taken.find((candidate) => cidrsOverlap(candidate.range, range));
      const message = `${text} overlaps with ${other?.text}, the ${other?.owner}`;
      if (other !== undefined) reportAt({ file, path: ['spec', 'network', subnet] }, { message }, report);
      taken.push({ owner: `${subnet} of cluster "${name}"`, text, range });
    }
  }
}
