export { type SupervisorStatus, supervisorStatus } from './embedded/control.ts';
export { down } from './embedded/down.ts';
export { type FleetConfig, readFleetConfig } from './embedded/fleet-config.ts';
export { type FleetPaths, fleetPaths, kubeconfigPath } from './embedded/fleet-paths.ts';
export { type FleetAddresses, fleetAddresses, type UpOptions, up } from './embedded/up.ts';
