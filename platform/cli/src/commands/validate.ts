import { folderSource, loadFleet, unitsOf } from '@drydock/model';
import { type Command, outputOption } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { printResult } from '../print/result.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'check the files of this clone, every problem at once',
  parameters: [],
  options: outputOption,
  async run({ streams, cwd }, _positionals, values) {
    const fleet = await loadFleet(folderSource(findRoot(cwd)));
    const counts = {
      fleet: fleet.name,
      clusters: fleet.clusters.length,
      units: unitsOf(fleet).length,
      teams: fleet.teams.length,
    };
    printResult(
      streams,
      values,
      counts,
      () =>
        `${fleet.name} is valid: ${counts.clusters} clusters, ${counts.units} units, ${counts.teams} teams\n`,
    );
    return 0;
  },
};
