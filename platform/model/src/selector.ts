import { z } from 'zod';
import { nameSchema } from './name.ts';

/** Which clusters a Unit goes to: a cluster must meet every condition that is given. */
export const selectorSchema = z.strictObject({
  names: z.array(nameSchema).optional().describe('Clusters by name.'),
  environments: z.array(nameSchema).optional().describe('Clusters of these environments.'),
  roles: z
    .array(z.enum(['hub', 'spoke']))
    .optional()
    .describe('Clusters of these roles.'),
  labels: z.record(z.string(), z.string()).optional().describe('Clusters that carry all of these labels.'),
});
export type Selector = z.infer<typeof selectorSchema>;

/** What a {@link Selector} looks at. */
export interface Selectable {
  readonly name: string;
  readonly environment: string;
  readonly role: 'hub' | 'spoke';
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether a cluster meets every condition of a selector. */
export function selects(selector: Selector, cluster: Selectable): boolean {
  return (
    (selector.names?.includes(cluster.name) ?? true) &&
    (selector.environments?.includes(cluster.environment) ?? true) &&
    (selector.roles?.includes(cluster.role) ?? true) &&
    Object.entries(selector.labels ?? {}).every(([key, value]) => cluster.labels[key] === value)
  );
}
