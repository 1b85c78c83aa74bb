import { join } from 'node:path';
import { type FleetModel, folderSource, loadFleet } from '@drydock/model';

/** The root of this repository, whose own fleet is the example that tests look at. */
export const REPOSITORY_ROOT = join(import.meta.dirname, '..', '..', '..');

/** The fleet of this repository. */
export function loadRepositoryFleet(): Promise<FleetModel> {
  return loadFleet(folderSource(REPOSITORY_ROOT));
}
