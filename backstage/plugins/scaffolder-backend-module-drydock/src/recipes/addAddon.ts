import { InputError } from '@backstage/errors';
import { defineRecipe } from './Recipe';
import { setIn } from './document';
import { nameOf } from './entityName';

/** Switches an addon of the catalogue on. */
export const addAddon = defineRecipe({
  name: 'add-addon',
  title: 'Add an addon',
  description: 'Switches an addon of the catalogue on for some clusters.',
  input: z =>
    z.object({
      addon: z.string().describe('Name of an addon of the catalogue.'),
      clusters: z.array(z.string()).min(1).describe('Names of clusters.'),
    }),
  async plan({ addon, clusters: refs }, kitchen) {
    const clusters = refs.map(ref => nameOf(ref, 'cluster-'));
    const fleet = await kitchen.fleet();
    const known = fleet.units.filter(({ kind }) => kind === 'Addon').map(({ name }) => name);
    if (!known.includes(addon)) {
      throw new InputError(`no addon "${addon}" in the catalogue; there are: ${known.join(', ')}`);
    }
    const label = ['metadata', 'labels', `addon.drydock.dev/${addon}`];
    const read = await Promise.all(
      clusters.map(async cluster => {
        const path = `clusters/${cluster}/cluster.yaml`;
        return { path, ...(await kitchen.file(path)) };
      }),
    );
    return {
      message: `Switch ${addon} on for ${clusters.join(', ')}`,
      files: read.map(({ path, content }) => ({ path, content: setIn(content, [[label, 'enabled']]) })),
      base: read[0]?.revision,
      branch: `add-addon-${addon}`,
      unit: addon,
    };
  },
});
