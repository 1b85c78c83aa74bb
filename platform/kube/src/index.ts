export { type RunningCluster, startCluster } from './cluster.ts';
export type { Clock, ClusterOptions, Logger, SimulationOptions } from './cluster-options.ts';
