import { humanDuration } from '../model/human-duration.ts';
import { readAll } from '../model/json-path.ts';
import type { KubeObject } from '../model/kube-object.ts';
import type { ServedResource } from '../resources/registry.ts';
import type { PrinterColumn } from '../resources/resource-type.ts';
import type { Format } from './accept.ts';
import { inVersion, jsonOf } from './representation.ts';
import type { WatchEncoder } from './watch-stream.ts';

/** How a table is asked for. */
export interface TableOptions {
  /** Milliseconds since 1970, for ages. */
  readonly now: number;
  /** What a row carries beside its cells, query `includeObject`. @default Metadata */
  readonly includeObject?: string | undefined;
}

const NAME: PrinterColumn = { name: 'Name', type: 'string', format: 'name', jsonPath: '.metadata.name' };
const AGE: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/**
 * @returns objects as a Table
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export function tableOf(
  objects: readonly KubeObject[],
  served: ServedResource,
  options: TableOptions,
): object {
  const columns = columnsOf(served);
  const { resourceVersion } = objects.length === 1 ? (objects[0]?.metadata ?? {}) : {};
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: resourceVersion === undefined ? {} : { resourceVersion },
    columnDefinitions: columns.map(definitionOf),
    rows: objects.map((object) => rowOf(object, columns, served, options)),
  };
}

/** @returns how a watch writes objects in a format; column definitions come with the first row only. */
export function watchEncoder(
  served: ServedResource,
  format: Format,
  options: { now(): number; includeObject?: string | undefined },
): WatchEncoder {
  if (format === 'metadata') return ({ object }) => JSON.stringify(partialObject(object));
  if (format !== 'table') return (stored) => jsonOf(stored, served);
  let first = true;
  return ({ object }) => {
    const table = tableOf([object], served, { now: options.now(), includeObject: options.includeObject });
    const text = JSON.stringify(first ? table : { ...table, columnDefinitions: null });
    first = false;
    return text;
  };
}

/** @returns the object with its metadata only. */
export function partialObject({ metadata }: KubeObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

function columnsOf({ type, version }: ServedResource): readonly PrinterColumn[] {
  if (!type.custom) return version.columns;
  return version.columns.length === 0 ? [NAME, AGE] : [NAME, ...version.columns];
}

function definitionOf({ name, type, format = '', description = '', priority = 0 }: PrinterColumn): object {
  // kubectl prints dates as they come; a real API server sends ages as text too.
  return { name, type: type === 'date' ? 'string' : type, format, description, priority };
}

function rowOf(
  object: KubeObject,
  columns: readonly PrinterColumn[],
  served: ServedResource,
  options: TableOptions,
): object {
  const cells = columns.map((column) => cellOf(object, column, options.now));
  if (options.includeObject === 'None') return { cells };
  return {
    cells,
    object: options.includeObject === 'Object' ? inVersion(object, served) : partialObject(object),
  };
}

function cellOf(object: KubeObject, { type, jsonPath, value }: PrinterColumn, now: number): unknown {
  const found = value === undefined ? readAll(object, jsonPath) : [value(object)];
  const cell = found.length > 1 ? found.join(',') : found[0];
  if (cell === undefined || cell === null)
    return type === 'integer' || type === 'number' || type === 'boolean' ? null : '<none>';
  if (type === 'date') return humanDuration(now - Date.parse(String(cell)));
  return typeof cell === 'object' ? JSON.stringify(cell) : cell;
}
