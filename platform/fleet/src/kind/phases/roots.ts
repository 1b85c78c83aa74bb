import { bootstrapApplication, fluxBootstrap, synthFleetObjects } from '@drydock/constructs';
import { isJsonObject, type JsonObject } from '@drydock/model';
import { FLUX_GIT_SECRET, isLocalGit } from '../git-access.ts';
import type { Member } from '../members.ts';
import { documentsOf } from '../plan/bootstrap-units.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { apply } from '../plan/kubectl.ts';
import type { Phase, Step } from '../plan/step.ts';
import { engineClusters } from './engines.ts';

/** From here on GitOps does the rest: each engine gets the one object that leads to everything else. */
export function rootsPhase(context: PlanContext): Phase {
  const steps = [
    ...engineClusters(context, 'argocd').map((host) => argocdStep(context, host)),
    ...engineClusters(context, 'flux').map((member) => fluxStep(context, member)),
  ];
  return { id: 'roots', title: 'Root applications', steps };
}

function argocdStep(context: PlanContext, host: Member): Step {
  const { name } = host.cluster;
  const served = context.members.filter((member) => member.host === host.cluster);
  return {
    id: ids.root(name),
    title: `hand ${name} over to Argo CD`,
    needs: [
      ids.engine('argocd', name),
      ids.gitServer,
      ids.git(name),
      `register/repository/argocd/${name}`,
      ...served.map(({ cluster }) => ids.register(cluster.name)),
    ],
    calls: [apply(context.paths, name, argocdRoots(context, host))],
  };
}

/**
 * The hub follows the branch `fleet`, on which the roots of all clusters lie. An Argo CD that serves one cluster alone
 * is given only what that cluster needs, since it does not know the others.
 */
function argocdRoots({ fleet, profile }: PlanContext, { cluster }: Member): readonly JsonObject[] {
  if (profile.topology === 'hub-and-spoke') return [bootstrapApplication(fleet)];
  const objects = Object.values(synthFleetObjects(fleet)).flatMap(documentsOf);
  return objects.filter(
    (object) => object.kind !== 'Application' || nameOf(object) === `${cluster.name}.root`,
  );
}

function fluxStep(context: PlanContext, { cluster }: Member): Step {
  const { fleet, paths } = context;
  const local = isLocalGit(fleet.repository);
  const objects = fluxBootstrap(fleet, cluster).map((object) => (local ? withSecret(object) : object));
  return {
    id: `roots/flux/${cluster.name}`,
    title: `hand ${cluster.name} over to Flux`,
    needs: [
      ids.engine('flux', cluster.name),
      ids.gitServer,
      ids.git(cluster.name),
      `register/repository/flux/${cluster.name}`,
    ],
    calls: [apply(paths, cluster.name, objects)],
  };
}

function withSecret(object: JsonObject): JsonObject {
  if (object.kind !== 'GitRepository' || !isJsonObject(object.spec ?? null)) return object;
  return { ...object, spec: { ...(object.spec as JsonObject), secretRef: { name: FLUX_GIT_SECRET } } };
}

function nameOf({ metadata }: JsonObject): unknown {
  return isJsonObject(metadata ?? null) ? (metadata as JsonObject).name : undefined;
}
