import { defineRecipe } from './Recipe';
import { document } from './document';

/** A workload of a team, on every spoke. */
export const newApplication = defineRecipe({
  name: 'new-application',
  title: 'New application',
  description: 'Adds an application of a team to the fleet.',
  input: z =>
    z.object({
      team: z.string().describe('Name of the team.'),
      name: z.string().describe('Name of the application, unique in the fleet.'),
      description: z.string().optional(),
      image: z.string().describe('With a tag or a digest.'),
      port: z.number().int().optional().describe('Where it listens for HTTP.'),
      replicas: z.number().int().optional(),
      source: z.string().optional().describe('URL of the repository its code is in.'),
    }),
  async plan({ team, name, description, image, port, replicas, source }) {
    const about = [description, source && `Source: ${source}`].filter(Boolean).join(' ');
    const content = document(
      'Application',
      name,
      { description: about, image, port, replicas },
      '../../../platform/model/schemas/application.schema.json',
    );
    const path = `workloads/${team}/${name}/application.yaml`;
    return {
      message: `Add application ${name} of ${team}`,
      files: [{ path, content, mustBeNew: true }],
      branch: `new-application-${name}`,
      unit: name,
    };
  },
});
