import type { KubeObject } from '../cluster/kube-object.ts';
import { matchesGlob } from '../source/glob.ts';

/** The part of an AppProject's spec that restricts Applications ("Projects" in Argo CD's user guide). */
export interface ProjectSpec {
  readonly sourceRepos?: readonly string[] | undefined;
  readonly destinations?: readonly ProjectDestination[] | undefined;
  readonly clusterResourceWhitelist?: readonly GroupKindRule[] | undefined;
  readonly clusterResourceBlacklist?: readonly GroupKindRule[] | undefined;
  readonly namespaceResourceWhitelist?: readonly GroupKindRule[] | undefined;
  readonly namespaceResourceBlacklist?: readonly GroupKindRule[] | undefined;
}

/** Clusters, by address or by name, and namespaces in them, as globs. */
export interface ProjectDestination {
  readonly server?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** Kinds, and where it says so names, as globs. */
export interface GroupKindRule {
  readonly group: string;
  readonly kind: string;
  readonly name?: string | undefined;
}

/** A project by name. */
export interface Project {
  readonly name: string;
  readonly spec: ProjectSpec;
}

/** The project `default` as Argo CD creates it: everything is permitted. */
export const defaultProject: Project = {
  name: 'default',
  spec: {
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  },
};

/** Reads an object of the API as a project. */
export function asProject(object: KubeObject): Project {
  return { name: object.metadata.name, spec: (object.spec ?? {}) as ProjectSpec };
}

/** Says whether a repository may be used; a pattern that begins with `!` denies. */
export function permitsSource({ spec }: Project, repoURL: string): boolean {
  const allowed = (spec.sourceRepos ?? []).some((pattern) => matches(pattern, repoURL));
  const denied = (spec.sourceRepos ?? []).some((pattern) => denies(pattern, repoURL));
  return allowed && !denied;
}

/** A destination with its cluster known by both name and address. */
export interface Destination {
  readonly server: string;
  readonly name: string;
  readonly namespace: string;
}

/** Says whether a cluster and namespace may be deployed to; a pattern that begins with `!` denies. */
export function permitsDestination({ spec }: Project, destination: Destination): boolean {
  let allowed = false;
  for (const rule of spec.destinations ?? []) {
    const namespace = rule.namespace ?? '';
    const address = rule.server ? destination.server : destination.name;
    const pattern = rule.server || rule.name || '';
    if (pattern === '') continue;
    const [here, there] = [matches(namespace, destination.namespace), matches(pattern, address)];
    if (here && there) allowed = true;
    if (there && denies(namespace, destination.namespace)) return false;
    if (denies(pattern, address) && (here || namespace === '*')) return false;
  }
  return allowed;
}

/**
 * Says whether a kind may be applied. Cluster-scoped kinds are denied unless listed; namespaced ones are permitted when
 * there is no list.
 */
export function permitsKind(
  { spec }: Project,
  kind: GroupKindRule & { readonly namespaced: boolean },
): boolean {
  if (kind.namespaced) {
    const white = spec.namespaceResourceWhitelist;
    const listed = white === undefined || white === null || white.some((rule) => covers(rule, kind));
    return listed && !(spec.namespaceResourceBlacklist ?? []).some((rule) => covers(rule, kind));
  }
  const listed = (spec.clusterResourceWhitelist ?? []).some((rule) => covers(rule, kind));
  return listed && !(spec.clusterResourceBlacklist ?? []).some((rule) => covers(rule, kind));
}

function covers(rule: GroupKindRule, kind: GroupKindRule): boolean {
  const named = !rule.name || matchesGlob(rule.name, kind.name ?? '');
  return matchesGlob(rule.group, kind.group) && matchesGlob(rule.kind, kind.kind) && named;
}

function matches(pattern: string, text: string): boolean {
  return !pattern.startsWith('!') && matchesGlob(pattern, text);
}

function denies(pattern: string, text: string): boolean {
  return pattern.startsWith('!') && matchesGlob(pattern.slice(1), text);
}
