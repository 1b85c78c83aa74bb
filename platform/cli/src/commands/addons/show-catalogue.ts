import { listAddons } from '@drydock/constructs';
import type { CommandContext, OptionValues } from '../../command.ts';
import { painter } from '../../print/paint.ts';
import { printResult } from '../../print/result.ts';
import { table } from '../../print/table.ts';
import { readFleet } from '../../read-fleet.ts';

/** `drydock addons list`: the catalogue, and where each addon is switched on. */
export async function showCatalogue({ streams, cwd }: CommandContext, values: OptionValues): Promise<number> {
  const addons = listAddons(await readFleet(cwd));
  const paint = painter(streams.colour);
  const rows = addons.map(({ name, category, version, clusters, description }) => [
    clusters.length > 0 ? paint('bold', name) : name,
    category,
    version ?? '–',
    clusters.join(', ') || paint('dim', 'switched off'),
    paint('dim', description),
  ]);
  printResult(streams, values, addons, () =>
    table(['ADDON', 'CATEGORY', 'VERSION', 'CLUSTERS', 'WHAT FOR'], rows),
  );
  return 0;
}
