import { httpVersions, outdatedAddons } from '@drydock/constructs';
import type { CommandContext, OptionValues } from '../../command.ts';
import { painter } from '../../print/paint.ts';
import { printResult } from '../../print/result.ts';
import { table } from '../../print/table.ts';
import { readFleet } from '../../read-fleet.ts';

/** `drydock addons outdated`: asks every chart repository; exits with 1 when something is outdated, 2 when some did not answer. */
export async function showOutdated({ streams, cwd }: CommandContext, values: OptionValues): Promise<number> {
  const versions = await outdatedAddons(await readFleet(cwd), httpVersions());
  const paint = painter(streams.colour);
  const rows = versions.map(({ name, current, newest, outdated, error }) => [
    name,
    current,
    outdated ? paint('yellow', newest ?? '') : (newest ?? '–'),
    error === undefined ? '' : paint('red', error),
  ]);
  printResult(streams, values, versions, () => table(['ADDON', 'HERE', 'NEWEST', ''], rows));
  if (versions.some(({ error }) => error !== undefined)) return 2;
  return versions.some(({ outdated }) => outdated) ? 1 : 0;
}
