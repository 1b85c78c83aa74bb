export * from './cluster.ts';
export * from './duration.ts';
export * from './errors.ts';
export * from './file-source.ts';
export * from './fleet.ts';
export * from './gate.ts';
export * from './name.ts';
export * from './team.ts';
