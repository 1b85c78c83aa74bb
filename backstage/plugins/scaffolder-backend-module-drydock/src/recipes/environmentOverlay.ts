import { InputError } from '@backstage/errors';
import { defineRecipe } from './Recipe';
import { setIn, withoutGaps } from './document';

/** What differs for an application in one environment. */
export const environmentOverlay = defineRecipe({
  name: 'environment-overlay',
  title: 'Environment overlay',
  description: 'Sets what differs for an application in one environment.',
  input: z =>
    z.object({
      name: z.string().describe('Name of the application.'),
      environment: z.string(),
      image: z.string().optional(),
      replicas: z.number().int().optional(),
      cpu: z.string().optional().describe('Requested CPU of one replica, such as 100m.'),
      memory: z.string().optional().describe('Requested memory of one replica, such as 128Mi.'),
    }),
  async plan({ name, environment, image, replicas, cpu, memory }, kitchen) {
    const { units } = await kitchen.fleet();
    const unit = units.find(candidate => candidate.name === name);
    if (unit?.kind !== 'Application') throw new InputError(`no application "${name}" in the fleet`);
    const { content, revision } = await kitchen.file(unit.file);
    const overlay = ['spec', 'overlays', environment];
    const values = {
      image,
      replicas,
      'resources.requests.cpu': cpu,
      'resources.requests.memory': memory,
    };
    const changes = Object.entries(withoutGaps(values)).map(
      ([path, value]) => [[...overlay, ...path.split('.')], value] as const,
    );
    if (changes.length === 0) throw new InputError('nothing was filled in that could differ');
    return {
      message: `Set what differs for ${name} in ${environment}`,
      files: [{ path: unit.file, content: setIn(content, changes) }],
      base: revision,
      branch: `overlay-${name}-${environment}`,
      unit: name,
    };
  },
});
