import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './errors.ts';
import { schemaProblems } from './schema-problem.ts';

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 256 * 1024;
/** Largest number of alias expansions in one file, against "billion laughs" documents. */
const MAX_ALIASES = 100;

/** A parsed YAML file that still knows where everything stands. */
export interface YamlFile {
  readonly file: string;
  /** The document as plain data. */
  readonly value: unknown;
  /** 1-based line of a path, or of the nearest parent that is written. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
  /** 1-based line of a key below a path. */
  lineOfKey(path: readonly PropertyKey[], key: string): number | undefined;
}

/** Parses one YAML document; a file that is not exactly one sound document is reported instead. */
export function parseYamlFile(
  file: string,
  bytes: Uint8Array,
  report: (problem: Problem) => void,
): YamlFile | undefined {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    report({
      file,
      message: `expected at most ${MAX_FILE_BYTES / 1024} KiB, got ${Math.ceil(bytes.byteLength / 1024)} KiB`,
    });
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(new TextDecoder().decode(bytes), {
    lineCounter: lines,
    prettyErrors: false,
  });
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      report({ file, line: lines.linePos(error.pos[0]).line, message: firstLine(error.message) });
    }
    return undefined;
  }
  const value = plainValue(document, (message) => report({ file, message }));
  return value === undefined ? undefined : { file, value, ...positions(document, lines) };
}

/** Checks a file against a schema; undefined when it does not fit, and every reason is reported. */
export function checkYamlFile<Schema extends z.ZodType>(
  file: YamlFile,
  schema: Schema,
  report: (problem: Problem) => void,
): z.output<Schema> | undefined {
  const result = schema.safeParse(file.value);
  if (result.success) return result.data;
  for (const problem of schemaProblems(file, schema, result.error)) report(problem);
  return undefined;
}

function plainValue(document: Document, report: (message: string) => void): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (value === null || value === undefined) report('expected a document, got an empty file');
    return value ?? undefined;
  } catch (error) {
    report(
      `expected at most ${MAX_ALIASES} aliases: ${firstLine(error instanceof Error ? error.message : String(error))}`,
    );
    return undefined;
  }
}

function positions(document: Document, lines: LineCounter): Pick<YamlFile, 'lineOf' | 'lineOfKey'> {
  const lineOf = (path: readonly PropertyKey[]): number | undefined => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return lines.linePos(offset).line;
    return path.length === 0 ? undefined : lineOf(path.slice(0, -1));
  };
  const lineOfKey = (path: readonly PropertyKey[], key: string): number | undefined => {
    const parent = path.length === 0 ? document.contents : document.getIn(path, true);
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined ? lineOf(path) : lines.linePos(offset).line;
  };
  return { lineOf, lineOfKey };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/:$/, '');
}
