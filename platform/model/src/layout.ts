import { isName } from './name.ts';

/** The folders of a repository that hold the data of a fleet. */
export const DATA_FOLDERS = ['addons', 'clusters', 'workloads'] as const;

/** What a file is, by its path alone. */
export type Role =
  | { readonly role: 'fleet' }
  | { readonly role: 'cluster'; readonly name: string }
  | { readonly role: 'addon'; readonly name: string }
  | { readonly role: 'values'; readonly addon: string; readonly scope: ValuesScope }
  | { readonly role: 'objects'; readonly addon: string }
  | { readonly role: 'values-schema'; readonly addon: string }
  | { readonly role: 'team'; readonly name: string }
  | { readonly role: 'application'; readonly team: string; readonly name: string }
  /** Code, documentation, and other files that carry no data of the fleet. */
  | { readonly role: 'other' }
  /** A YAML file that nothing would read. */
  | { readonly role: 'stray' };

/** Which clusters a values file is for. */
export type ValuesScope =
  | { readonly kind: 'common' }
  | { readonly kind: 'environment' | 'provider'; readonly name: string };

/** What the loader does with the file at a path. */
export function roleOf(path: string): Role {
  const [folder = '', first = '', second = '', third, ...rest] = path.split('/');
  if (path === 'clusters/fleet.yaml') return { role: 'fleet' };
  if (folder === 'clusters' && second === 'cluster.yaml' && third === undefined)
    return { role: 'cluster', name: first };
  if (folder === 'addons' && third === undefined) {
    if (second === 'addon.yaml') return { role: 'addon', name: first };
    if (second === 'objects.ts') return { role: 'objects', addon: first };
    if (second === 'values.schema.json') return { role: 'values-schema', addon: first };
    const scope = valuesScope(second);
    if (scope !== undefined) return { role: 'values', addon: first, scope };
  }
  if (folder === 'workloads' && second === 'team.yaml' && third === undefined)
    return { role: 'team', name: first };
  if (folder === 'workloads' && third === 'application.yaml' && rest.length === 0) {
    return { role: 'application', team: first, name: second };
  }
  return /\.ya?ml$/.test(path) ? { role: 'stray' } : { role: 'other' };
}

/** `values.yaml`, `values.environment.<name>.yaml` and `values.provider.<name>.yaml`. */
function valuesScope(file: string): ValuesScope | undefined {
  if (file === 'values.yaml') return { kind: 'common' };
  const match = /^values\.(environment|provider)\.([a-z0-9-]+)\.yaml$/.exec(file);
  const [, kind, name] = match ?? [];
  if (name === undefined || !isName(name)) return undefined;
  return { kind: kind === 'provider' ? 'provider' : 'environment', name };
}
