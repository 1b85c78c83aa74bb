import type { PrinterColumn } from '../resources/resource-type.ts';
import { CATALOGUE_ROWS } from './catalogue-rows.ts';
import { type DefinitionOutline, definition } from './definition.ts';

const SYNCED: readonly PrinterColumn[] = [
  { name: 'Sync Status', type: 'string', jsonPath: '.status.sync.status' },
  { name: 'Health Status', type: 'string', jsonPath: '.status.health.status' },
  { name: 'Revision', type: 'string', jsonPath: '.status.sync.revision', priority: 10 },
  { name: 'Project', type: 'string', jsonPath: '.spec.project', priority: 10 },
];
const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
const READY: readonly PrinterColumn[] = [
  AGE,
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Status', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message' },
];
const CANARY: readonly PrinterColumn[] = [
  { name: 'Status', type: 'string', jsonPath: '.status.phase' },
  { name: 'Weight', type: 'string', jsonPath: '.status.canaryWeight' },
  AGE,
];

/** What differs from the rule that status is a subresource and only the age is shown; by group, or by kind and group. */
const PARTICULARS: Readonly<Record<string, Partial<DefinitionOutline>>> = {
  'Application.argoproj.io': { status: false, columns: SYNCED },
  'AppProject.argoproj.io': { status: false },
  'Canary.flagger.app': { columns: CANARY },
  'source.toolkit.fluxcd.io': { columns: READY },
  'kustomize.toolkit.fluxcd.io': { columns: READY },
  'helm.toolkit.fluxcd.io': { columns: READY },
  'cert-manager.io': { columns: READY },
  'external-secrets.io': { columns: READY },
  'kyverno.io': { columns: READY },
};

/**
 * The CustomResourceDefinitions that every cluster registers at its start. They are outlines: kinds, versions, scopes, short
 * names and the columns that matter are real; the schemas are open, so nothing is pruned or defaulted. Where
 * `@kubernetes-models` carries a validator, malformed objects are refused all the same (see `validators/`). Real definitions
 * that were pulled take their place.
 */
export const BUILTIN_CRDS: readonly object[] = CATALOGUE_ROWS.trim()
  .split(/\n(?! )/)
  .flatMap(parseGroup);

function parseGroup(row: string): readonly object[] {
  const [group = '', ...kinds] = row.split(/:?\s+/);
  return kinds.map((text) => {
    const [, kind = '', cluster, short, plural, versions = ''] =
      /^(\w+)(!?)(?:~([\w,]+))?(?:=(\w+))?:(.+)$/.exec(text) ?? [];
    return definition({
      group,
      kind,
      plural: plural ?? `${kind.toLowerCase()}s`,
      namespaced: cluster !== '!',
      versions: versions.split(','),
      shortNames: short?.split(',') ?? [],
      ...(PARTICULARS[group] ?? {}),
      ...(PARTICULARS[`${kind}.${group}`] ?? {}),
    });
  });
}
