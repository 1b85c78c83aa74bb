import { type FleetModel, folderSource, loadFleet } from '@drydock/model';
import { findRoot } from './find-root.ts';

/** The fleet as the files of this clone say it. @throws InputError with every problem */
export function readFleet(cwd: string): Promise<FleetModel> {
  return loadFleet(folderSource(findRoot(cwd)));
}
