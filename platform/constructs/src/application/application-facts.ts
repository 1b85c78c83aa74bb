import { type Application, type Cluster, type FleetModel, type Workload, workloadIn } from '@drydock/model';

/**
 * Everything that the objects of an application are made from, and nothing else: where two clusters have equal facts,
 * they get equal objects.
 */
export interface ApplicationFacts {
  readonly name: string;
  readonly team: string;
  readonly namespace: string;
  readonly workload: Workload;
}

/** The facts of an application on a cluster. */
export function applicationFacts(
  _fleet: FleetModel,
  application: Application,
  cluster: Cluster,
): ApplicationFacts {
  const { name, team, namespace } = application;
  return { name, team, namespace, workload: workloadIn(application, cluster.environment) };
}
