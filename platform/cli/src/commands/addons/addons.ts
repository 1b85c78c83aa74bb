import { InputError } from '@drydock/model';
import { type Command, outputOption } from '../../command.ts';
import { addAddonFiles } from './add-addon-files.ts';
import { showCatalogue } from './show-catalogue.ts';
import { showOne } from './show-one.ts';
import { showOutdated } from './show-outdated.ts';

export const addons: Command = {
  name: 'addons',
  summary: 'the catalogue: list, show NAME, outdated (asks the repositories), add NAME',
  parameters: ['list|show|outdated|add', '[name]'],
  options: {
    repository: { type: 'string', value: 'URL', help: 'add: chart repository, https:// or oci://' },
    chart: { type: 'string', value: 'NAME', help: 'add: name of the chart. Default: that of the addon' },
    'chart-version': { type: 'string', value: 'VERSION', help: 'add: version of the chart' },
    namespace: {
      type: 'string',
      value: 'NAME',
      help: 'add: where it is installed. Default: name of the addon',
    },
    description: { type: 'string', value: 'TEXT', help: 'add: what it is for' },
    cluster: { type: 'string', value: 'A,B', help: 'add: switch it on for these clusters' },
    ...outputOption,
  },
  async run(context, [verb, name], values) {
    switch (verb) {
      case 'list':
        return showCatalogue(context, values);
      case 'show':
        return showOne(context, named(name), values);
      case 'outdated':
        return showOutdated(context, values);
      case 'add':
        return addAddonFiles(context, named(name), values);
      default:
        throw new InputError(`expected list, show, outdated or add, got "${verb}"`);
    }
  },
};

function named(name: string | undefined): string {
  if (name === undefined)
    throw new InputError('expected the name of an addon; "drydock addons list" shows them');
  return name;
}
