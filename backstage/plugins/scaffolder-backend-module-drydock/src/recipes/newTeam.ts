import { parseDocument } from 'yaml';
import { defineRecipe } from './Recipe';
import { document } from './document';

const FLEET = 'clusters/fleet.yaml';

/** A team, and the group whose members may deploy for it. */
export const newTeam = defineRecipe({
  name: 'new-team',
  title: 'New team',
  description: 'Adds a team, and lets a group of users deploy for it.',
  input: z =>
    z.object({
      name: z.string().describe('Name of the team; also of its folder.'),
      displayName: z.string().optional(),
      contact: z.string().optional().describe('Where to reach the team.'),
      group: z.string().optional().describe('Group of the identity provider whose members may deploy.'),
    }),
  async plan({ name, displayName, contact, group }, kitchen) {
    const content = document(
      'Team',
      name,
      { displayName, contact },
      '../../platform/model/schemas/team.schema.json',
    );
    const team = { path: `workloads/${name}/team.yaml`, content, mustBeNew: true };
    const common = { message: `Add team ${name}`, branch: `new-team-${name}` };
    if (!group) return { ...common, files: [team] };
    const fleet = await kitchen.file(FLEET);
    const file = parseDocument(fleet.content);
    file.addIn(['spec', 'access'], file.createNode({ group, role: 'deployer', teams: [name] }));
    return {
      ...common,
      base: fleet.revision,
      files: [team, { path: FLEET, content: file.toString({ lineWidth: 110 }) }],
    };
  },
});
