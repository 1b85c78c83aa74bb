export { type RunningCluster, startCluster } from './cluster.ts';
export type { Clock, ClusterOptions, Logger, SimulationOptions } from './cluster-options.ts';
export {
  CRD_SOURCES,
  type CrdSource,
  type Pulled,
  type PullOptions,
  pullCrds,
  readCrds,
} from './crds/pull-crds.ts';
