import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '@drydock/model';

/** The root of the repository that a folder lies in: the nearest with `clusters/fleet.yaml`. @throws InputError */
export function findRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'clusters', 'fleet.yaml'))) return at;
    if (dirname(at) === at) break;
  }
  throw new InputError(
    `no clusters/fleet.yaml in ${folder} or above: run this inside a clone of the fleet's repository`,
  );
}
