import { InputError } from '@drydock/model';
import type { ClusterCache } from '../cluster/cluster-cache.ts';
import type { LiveComparer } from '../compare/live-comparer.ts';
import type { ManifestStore } from '../source/manifest-store.ts';
import { type Application, type ApplicationCondition, type ConditionType, sourcesOf } from './application.ts';
import { compareState } from './compare-state.ts';
import type { ComparedResource } from './compared-resource.ts';
import type { Destinations, FoundDestination } from './destinations.ts';
import type { Observation } from './observation.ts';
import {
  asProject,
  defaultProject,
  type Project,
  permitsDestination,
  permitsSource,
} from './project-policy.ts';
import { type SourceManifests, sourceManifests } from './source-manifests.ts';
import type { TargetObjects, TargetPreparer } from './target-objects.ts';

/** What an observation is made with. */
export interface ObserveContext {
  readonly hub: ClusterCache;
  readonly destinations: Destinations;
  readonly repositories: ReadonlyMap<string, ManifestStore>;
  readonly preparer: TargetPreparer;
  readonly comparer: LiveComparer;
}

/** The kind AppProject. */
export const projectKind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'AppProject' };

/** Finds out everything about an Application; what stands in the way becomes a condition, never an exception. */
export async function observeApplication(
  app: Application,
  context: ObserveContext,
  revision?: string,
): Promise<Observation> {
  const permitted = checkSpec(app, context);
  if (Array.isArray(permitted)) return unknownState(permitted);
  const { project, destination } = permitted as Permitted;
  let manifests: SourceManifests;
  try {
    manifests = await sourceManifests(app.spec, context.repositories, revision);
  } catch (error) {
    return { ...unknownState([condition('ComparisonError', error)]), project };
  }
  try {
    return await compare(app, { context, project, destination, manifests });
  } catch (error) {
    const failed = new Error(`failed to compare with cluster "${destination.name}": ${messageOf(error)}`);
    const conditions = [condition('ComparisonError', failed)];
    return { ...unknownState(conditions), target: manifests.target, project };
  }
}

/** A condition that tells what an error says. */
export function condition(type: ConditionType, error: unknown): ApplicationCondition {
  return { type, message: messageOf(error) };
}

interface Permitted {
  readonly project: Project;
  readonly destination: FoundDestination;
}

/** The project and the destination, or what is not valid or not permitted about them. */
function checkSpec(app: Application, context: ObserveContext): Permitted | readonly ApplicationCondition[] {
  const name = app.spec.project || 'default';
  const project = findProject(name, context.hub);
  if (project === undefined) {
    return [invalid(`Application referencing project ${name} which does not exist`)];
  }
  const problems = sourcesOf(app.spec)
    .filter((source) => !permitsSource(project, source.repoURL))
    .map((source) =>
      invalid(`application repo ${source.repoURL} is not permitted in project '${project.name}'`),
    );
  if (sourcesOf(app.spec).length === 0) problems.push(invalid('spec.source or spec.sources is required'));
  try {
    const destination = context.destinations.find(app.spec.destination ?? {});
    const namespace = app.spec.destination?.namespace ?? '';
    if (!permitsDestination(project, { ...destination, namespace })) {
      const where = `server '${destination.server}' and namespace '${namespace}'`;
      const what = `do not match any of the allowed destinations in project '${project.name}'`;
      problems.push(invalid(`application destination ${where} ${what}`));
    }
    return problems.length > 0 ? problems : { project, destination };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [...problems, condition('InvalidSpecError', error)];
  }
}

function findProject(name: string, hub: ClusterCache): Project | undefined {
  const found = hub.list(projectKind).find((object) => object.metadata.name === name);
  if (found !== undefined) return asProject(found);
  return name === 'default' ? defaultProject : undefined;
}

interface CompareInput extends Permitted {
  readonly context: ObserveContext;
  readonly manifests: SourceManifests;
}

async function compare(app: Application, input: CompareInput): Promise<Observation> {
  const { context, project, destination, manifests } = input;
  const { cluster } = destination;
  const application = app.metadata.name;
  const namespace = app.spec.destination?.namespace ?? '';
  await cluster.connect();
  const target = await context.preparer.prepare(manifests.lists, {
    application,
    namespace,
    client: cluster.client,
  });
  await cluster.follow([...kindsOf(target), ...formerKinds(app), namespaceKind]);
  const { comparer } = context;
  const resources = await compareState({
    application,
    spec: app.spec,
    cluster,
    comparer,
    desired: target.objects,
  });
  return {
    conditions: warnings(application, resources, target),
    sync: resources.some((resource) => resource.status === 'OutOfSync') ? 'OutOfSync' : 'Synced',
    target: manifests.target,
    resources,
    hooks: target.hooks,
    project,
    cluster,
  };
}

const namespaceKind = { group: '', version: 'v1', kind: 'Namespace' };

function kindsOf(target: TargetObjects): readonly { group: string; version: string; kind: string }[] {
  return [...target.objects, ...target.hooks].map((object) => {
    const [version = '', group = ''] = object.apiVersion.split('/').reverse();
    return { group, version, kind: object.kind };
  });
}

/** The kinds of the last inventory: an object that left git is found through them. */
function formerKinds(app: Application): readonly { group: string; version: string; kind: string }[] {
  const known = app.status?.resources ?? [];
  return known.map(({ group = '', version, kind }) => ({ group, version, kind }));
}

function warnings(
  application: string,
  resources: readonly ComparedResource[],
  target: TargetObjects,
): readonly ApplicationCondition[] {
  const shared = resources
    .filter((resource) => resource.sharedWith !== undefined)
    .map(({ ref, sharedWith }) => {
      const message = `${ref.kind}/${ref.name} is part of applications ${application} and ${sharedWith}`;
      return { type: 'SharedResourceWarning' as const, message };
    });
  const repeated = target.repeated.map((message) => ({ type: 'RepeatedResourceWarning' as const, message }));
  return [...repeated, ...shared];
}

function unknownState(conditions: readonly ApplicationCondition[]): Observation {
  return { conditions, sync: 'Unknown', resources: [], hooks: [] };
}

function invalid(message: string): ApplicationCondition {
  return { type: 'InvalidSpecError', message };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
