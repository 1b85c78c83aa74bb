import type { Registry, ServedResource } from '../resources/registry.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { VIRTUAL_RESOURCES, type VirtualResource } from '../resources/virtual-resources.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** Namespaces are deleted one by one only. */
const NAMESPACE_VERBS = VERBS.filter((verb) => verb !== 'deletecollection');
const PART_VERBS = ['get', 'patch', 'update'];

/** `/api` */
export function apiVersions(address: string): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** `/apis` */
export function apiGroupList(registry: Registry): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: allGroups(registry).map(groupDocument) };
}

/** `/apis/<group>`, or undefined for a group that is not served. */
export function apiGroup(registry: Registry, name: string): object | undefined {
  const group = allGroups(registry).find((each) => each.name === name);
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(group) };
}

/** `/api/v1` and `/apis/<group>/<version>`, or undefined for a version that is not served. */
export function apiResourceList(registry: Registry, group: string, version: string): object | undefined {
  const resources = [
    ...registry.served(group, version).flatMap(legacyEntries),
    ...virtual(group, version).map(virtualEntry),
  ];
  if (resources.length === 0) return undefined;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf(group, version), resources };
}

/** The content type of aggregated discovery. */
export const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/**
 * Aggregated discovery of the core group (`/api`) or of all others (`/apis`).
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery
 */
export function aggregatedDiscovery(registry: Registry, core: boolean): object {
  const groups = core ? [{ name: '', versions: ['v1'] }] : allGroups(registry);
  const items = groups.map(({ name, versions }) => ({
    metadata: { ...(name === '' ? {} : { name }), creationTimestamp: null },
    versions: versions.map((version) => ({
      version,
      resources: [
        ...registry.served(name, version).map(aggregatedEntry),
        ...virtual(name, version).map(aggregatedVirtual),
      ],
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

interface Group {
  readonly name: string;
  readonly versions: readonly string[];
}

function allGroups(registry: Registry): readonly Group[] {
  const groups = registry.groups();
  const known = new Set(groups.map(({ name }) => name));
  const more = new Set(
    VIRTUAL_RESOURCES.map(({ group }) => group).filter((group) => group !== '' && !known.has(group)),
  );
  return [...groups, ...[...more].map((name) => ({ name, versions: ['v1'] }))];
}

function groupDocument({ name, versions }: Group): object {
  const all = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: all, preferredVersion: all[0] };
}

function virtual(group: string, version: string): readonly VirtualResource[] {
  return version === 'v1' ? VIRTUAL_RESOURCES.filter((each) => each.group === group) : [];
}

function verbsOf({ id }: ResourceType): readonly string[] {
  return id === 'namespaces' ? NAMESPACE_VERBS : VERBS;
}

interface Part {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

function partsOf({ type, version }: ServedResource): readonly Part[] {
  const parts: Part[] = [];
  if (version.hasStatus) parts.push({ name: 'status', kind: type.kind, verbs: PART_VERBS });
  if (version.scale)
    parts.push({ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: PART_VERBS });
  if (type.id === 'pods') {
    parts.push({ name: 'log', kind: 'Pod', verbs: ['get'] });
    parts.push({ name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] });
  }
  if (type.id === 'namespaces') parts.push({ name: 'finalize', kind: 'Namespace', verbs: ['update'] });
  return parts;
}

function legacyEntries(served: ServedResource): readonly object[] {
  const { type } = served;
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  const entry = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: verbsOf(type),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    storageVersionHash: Buffer.from(`${type.id}/${type.storageVersion}`).toString('base64').slice(0, 12),
  };
  const parts = partsOf(served).map(({ name, ...part }) => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    ...part,
  }));
  return [entry, ...parts];
}

function virtualEntry({ plural, singular, namespaced, kind }: VirtualResource): object {
  return { name: plural, singularName: singular, namespaced, kind, verbs: ['create'] };
}

function aggregatedEntry(served: ServedResource): object {
  const { type, version } = served;
  const { group, kind, plural, singular, namespaced, shortNames, categories } = type;
  const subresources = partsOf(served).map((part) => ({
    subresource: part.name,
    responseKind: { group: part.group ?? group, version: part.version ?? version.name, kind: part.kind },
    verbs: part.verbs,
  }));
  return {
    resource: plural,
    responseKind: { group, version: version.name, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: verbsOf(type),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  };
}

function aggregatedVirtual({ group, plural, singular, namespaced, kind }: VirtualResource): object {
  return {
    resource: plural,
    responseKind: { group, version: 'v1', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: ['create'],
  };
}
