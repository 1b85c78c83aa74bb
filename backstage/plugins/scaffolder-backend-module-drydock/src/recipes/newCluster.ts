import { defineRecipe } from './Recipe';
import { document, setIn } from './document';
import { nameOf } from './entityName';
import { freeNetwork } from './freeNetwork';

/** A cluster in an environment, with addons switched on. */
export const newCluster = defineRecipe({
  name: 'new-cluster',
  title: 'New cluster',
  description: 'Adds a cluster to an environment, with an id and networks that no other cluster has.',
  input: z =>
    z.object({
      name: z.string(),
      environment: z.string(),
      engine: z.enum(['argocd', 'flux']).optional(),
      provider: z.string().optional().describe('What it runs on, such as kind.'),
      addons: z.array(z.string()).optional().describe('Names of addons to switch on.'),
    }),
  async plan({ name, environment, engine, provider, addons = [] }, kitchen) {
    const { clusters } = await kitchen.fleet();
    const { id, podSubnet, serviceSubnet } = freeNetwork(clusters);
    const spec = { id, environment, engine, provider, network: { podSubnet, serviceSubnet } };
    const schema = '../../platform/model/schemas/cluster.schema.json';
    const labels = addons.map(
      addon => [['metadata', 'labels', `addon.drydock.dev/${nameOf(addon)}`], 'enabled'] as const,
    );
    const content = setIn(document('Cluster', name, spec, schema), labels);
    return {
      message: `Add cluster ${name} to ${environment}`,
      files: [{ path: `clusters/${name}/cluster.yaml`, content, mustBeNew: true }],
      branch: `new-cluster-${name}`,
    };
  },
});
