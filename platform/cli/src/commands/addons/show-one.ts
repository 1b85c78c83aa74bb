import { showAddon } from '@drydock/constructs';
import type { CommandContext, OptionValues } from '../../command.ts';
import { printResult } from '../../print/result.ts';
import { table } from '../../print/table.ts';
import { readFleet } from '../../read-fleet.ts';

/** `drydock addons show NAME`: everything the catalogue says of it. */
export async function showOne(
  { streams, cwd }: CommandContext,
  name: string,
  values: OptionValues,
): Promise<number> {
  const addon = showAddon(await readFleet(cwd), name);
  const engines = Object.entries(addon.engines).map(([cluster, engine]) => `${cluster} (${engine})`);
  const rows = [
    ['category', addon.category],
    ['version', addon.version ?? '–'],
    ['source', addon.source ?? 'objects of its own'],
    ['namespace', addon.namespace],
    ['clusters', engines.join(', ') || 'switched off everywhere'],
    ['depends on', addon.dependsOn.join(', ') || '–'],
    ['needed by', addon.neededBy.join(', ') || '–'],
    ['provides', addon.provides.join(', ') || '–'],
    ['CRDs', addon.crds.length === 0 ? '–' : `${addon.crds.length}, installed by ${addon.crdsInstalledBy}`],
    ['file', addon.file],
  ];
  printResult(streams, values, addon, () => table([addon.name, addon.description], rows));
  return 0;
}
