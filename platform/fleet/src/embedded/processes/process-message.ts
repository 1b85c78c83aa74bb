import type { FleetModel } from '@drydock/model';
import type { FleetConfig } from '../fleet-config.ts';
import type { FleetPaths } from '../fleet-paths.ts';

/** The parts of an embedded fleet, each a process of its own, so that one can die without the others. */
export const PARTS = ['clusters', 'git', 'promoter', 'agent'] as const;
export type Part = (typeof PARTS)[number];

/** What the supervisor tells a part when it may start. */
export interface StartMessage {
  readonly type: 'start';
  /** Root of the repository that is installed here. */
  readonly root: string;
  readonly paths: FleetPaths;
  readonly config: FleetConfig;
  readonly fleet: FleetModel;
}

/** What a part tells the supervisor. */
export type PartMessage = { readonly type: 'ready' } | { readonly type: 'failed'; readonly message: string };
