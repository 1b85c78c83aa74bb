import { diffLines } from './line-diff.ts';
import { unifiedHunks } from './unified-hunks.ts';

/** A unit on a cluster as it was synthesized: by `synthFleet`, or as hydration wrote it. */
export interface ComparedUnit {
  readonly unit: string;
  readonly environment: string;
  readonly cluster: string;
  readonly files: Readonly<Record<string, string>>;
}

/** One file that differs. */
export interface FileDifference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** The change as hunks of a unified diff, without file headers. */
  readonly hunks: string;
}

/** What differs of a unit on a cluster. */
export interface UnitDifference extends Omit<ComparedUnit, 'files'> {
  readonly files: readonly FileDifference[];
}

/** What differs between two synths of a fleet, by unit and cluster; what is equal is left out. */
export function compareSynths(
  before: Iterable<ComparedUnit>,
  after: Iterable<ComparedUnit>,
): readonly UnitDifference[] {
  const [left, right] = [indexed(before), indexed(after)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key) => {
    const [old, fresh] = [left.get(key), right.get(key)];
    const place = fresh ?? old;
    const files = compareFiles(old?.files ?? {}, fresh?.files ?? {});
    if (place === undefined || files.length === 0) return [];
    return [{ unit: place.unit, environment: place.environment, cluster: place.cluster, files }];
  });
}

/** Prints differences as a patch that `git apply` and people read. */
export function formatDifferences(differences: readonly UnitDifference[]): string {
  return differences
    .flatMap(({ environment, cluster, files }) =>
      files.map(({ path, kind, hunks }) => {
        const full = `${environment}/${cluster}/${path}`;
        const from = kind === 'added' ? '/dev/null' : `a/${full}`;
        const to = kind === 'removed' ? '/dev/null' : `b/${full}`;
        return `--- ${from}\n+++ ${to}\n${hunks}`;
      }),
    )
    .join('');
}

function indexed(units: Iterable<ComparedUnit>): ReadonlyMap<string, ComparedUnit> {
  return new Map([...units].map((unit) => [`${unit.unit}\0${unit.environment}\0${unit.cluster}`, unit]));
}

function compareFiles(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly FileDifference[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const [old, fresh] = [before[path], after[path]];
    if (old === fresh) return [];
    const kind = old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed';
    return [{ path, kind, hunks: unifiedHunks(diffLines(old ?? '', fresh ?? '')) } as const];
  });
}
