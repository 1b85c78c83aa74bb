import { z } from 'zod';
import { addonSchema } from './addon.ts';
import { applicationSchema } from './application.ts';
import { clusterSchema } from './cluster.ts';
import { fleetSchema } from './fleet.ts';
import { teamSchema } from './team.ts';

const SCHEMAS = {
  addon: addonSchema,
  application: applicationSchema,
  cluster: clusterSchema,
  fleet: fleetSchema,
  team: teamSchema,
} as const;

/** The JSON Schemas of the YAML files, by file name, as editors read them. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
      return [`${name}.schema.json`, `${JSON.stringify(json, undefined, 2)}\n`];
    }),
  );
}
