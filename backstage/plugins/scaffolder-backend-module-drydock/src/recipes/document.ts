import { parseDocument, stringify } from 'yaml';

const LINE = 110;

/** A file of the fleet from values; what is undefined is left out. */
export function document(kind: string, name: string, spec: Record<string, unknown>, schema: string): string {
  const text = stringify(
    {
      apiVersion: 'drydock.dev/v1alpha1',
      kind,
      metadata: { name },
      spec: withoutGaps(spec),
    },
    { lineWidth: LINE },
  );
  return `# yaml-language-server: $schema=${schema}\n${text}`;
}

/** A file with one value set, everything else, comments too, as it was. */
export function setIn(
  content: string,
  changes: readonly (readonly [path: readonly string[], value: unknown])[],
): string {
  const file = parseDocument(content);
  for (const [path, value] of changes) file.setIn(path, value);
  return file.toString({ lineWidth: LINE });
}

/** Leaves out what nobody has filled in, so that the file says only what was meant. */
export function withoutGaps(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
