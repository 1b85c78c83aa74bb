export { type AgentOptions, type FluxCluster, type RunningAgent, startAgent } from './agent.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Logger, silentLogger } from './logger.ts';
