import type { Report } from './fleet-files.ts';
import { formatPath } from './schema-problem.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** A name that is written somewhere and must exist elsewhere. */
export interface Reference {
  readonly file: YamlFile;
  readonly path: readonly PropertyKey[];
  /** What is named, for the message: `cluster`, `addon` … */
  readonly what: string;
  readonly name: string;
}

/** Reports a reference to something that does not exist; returns whether it exists. */
export function checkReference(reference: Reference, known: ReadonlySet<string>, report: Report): boolean {
  const { what, name } = reference;
  if (known.has(name)) return true;
  const remedy = suggestion(name, known) ?? knownNames(known);
  reportAt(reference, { message: `unknown ${what} "${name}"`, remedy }, report);
  return false;
}

/** Reports a problem at a path of a file. */
export function reportAt(
  { file, path }: Pick<Reference, 'file' | 'path'>,
  { message, remedy }: { readonly message: string; readonly remedy?: string | undefined },
  report: Report,
): void {
  report({ file: file.file, line: file.lineOf(path), path: formatPath(path), message, suggestion: remedy });
}

/** The names that occur a second time, with the index at which they do. */
export function duplicates(
  names: readonly string[],
): readonly { readonly name: string; readonly index: number }[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [{ name, index }] : []));
}

function knownNames(known: ReadonlySet<string>): string | undefined {
  return known.size > 0 && known.size <= 8 ? `known: ${[...known].sort().join(', ')}` : undefined;
}
