import type { FieldsV1, KubeObject, ManagedFieldsEntry } from '../model/kube-object.ts';
import { type StatusCause, StatusError } from '../model/status-error.ts';
import type { Schema } from '../schema/schema.ts';
import { difference, intersection, isEmptySet, paths, union } from './field-set.ts';
import { changeOf, fieldsOf } from './fields-of.ts';
import { mergeApplied, removePaths } from './merge-applied.ts';

/** Who writes, when, and through which subresource. */
export interface FieldManager {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource: string | undefined;
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

/** Two versions of an object, and who owned what between them. */
export interface Update {
  readonly before: KubeObject | undefined;
  readonly after: KubeObject;
  /** The entries to start from: those that the writer sent, or else the live ones. */
  readonly base: readonly ManagedFieldsEntry[];
}

/**
 * Who owns which fields after an update by other means than server-side apply: the writer takes what it changed, and
 * nobody owns what is gone.
 */
export function trackUpdate(update: Update, writer: FieldManager, schema: Schema): ManagedFieldsEntry[] {
  const { before, after, base } = update;
  if (before === undefined && base.length === 0) return firstEntry(after, writer, schema);
  const change = changeOf(before ?? {}, after, schema);
  const written = withoutSystemFields(change.written, writer.subresource);
  const removed = withoutSystemFields(change.removed, undefined);
  const isWriter = (entry: ManagedFieldsEntry) => isEntryOf(entry, writer, 'Update');
  if (isEmptySet(written) && isEmptySet(removed)) return [...base];
  const others = base
    .filter((entry) => !isWriter(entry))
    .map((entry) => drop(entry, union(written, removed)));
  const former = base.find(isWriter);
  const mine = difference(union(former?.fieldsV1 ?? {}, written), removed);
  const unchanged = former !== undefined && isEmptySet(written);
  const entry = entryOf(writer, 'Update', mine);
  return finish([...others, unchanged && former.time ? { ...entry, time: former.time } : entry]);
}

/** Who creates an object owns all of it. */
function firstEntry(object: KubeObject, writer: FieldManager, schema: Schema): ManagedFieldsEntry[] {
  const { '.': _root, ...fields } = fieldsOf(object, schema, true);
  const owned = withoutSystemFields(fields, undefined);
  return isEmptySet(owned) ? [] : [entryOf(writer, 'Update', owned)];
}

/** The outcome of an apply. */
export interface Applied {
  readonly object: KubeObject;
  readonly managedFields: ManagedFieldsEntry[];
}

/**
 * Server-side apply: merges a configuration into the live object, removes what the manager applied before and does
 * not name any more, and records who owns what.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 *
 * @throws StatusError 409 with a cause per field when others own other values, unless `force`
 */
export function applyConfiguration(
  live: KubeObject | undefined,
  configuration: KubeObject,
  writer: FieldManager & { readonly force: boolean },
  schema: Schema,
): Applied {
  const entries = live?.metadata.managedFields ?? [];
  const others = entries.filter((entry) => !isEntryOf(entry, writer, 'Apply'));
  const former = entries.find((entry) => isEntryOf(entry, writer, 'Apply'));
  const mine = withoutSystemFields(fieldsOf(configuration, schema), writer.subresource);
  const merged = mergeApplied(live ?? {}, configuration, schema) as KubeObject;
  const change = withoutSystemFields(changeOf(live ?? {}, merged, schema).written, undefined);
  if (!writer.force) refuseConflicts(others, change);
  const left = others.map((entry) => drop(entry, change));
  const owned = left.reduce((set, entry) => union(set, entry.fieldsV1), mine);
  const gone = difference(former?.fieldsV1 ?? {}, owned);
  const object = isEmptySet(gone) ? merged : (removePaths(merged, gone, owned, schema) as KubeObject);
  return { object, managedFields: finish([...left, keepTime(entryOf(writer, 'Apply', mine), former)]) };
}

function refuseConflicts(others: readonly ManagedFieldsEntry[], change: FieldsV1): void {
  const causes = others.flatMap((entry): StatusCause[] => {
    const fields = paths(intersection(entry.fieldsV1, change));
    return fields.map((field) => ({ reason: 'FieldManagerConflict', message: describe(entry), field }));
  });
  if (causes.length === 0) return;
  const lines = causes.map(({ message, field }) => `${message}: ${field}`).join('\n- ');
  const count = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`;
  throw new StatusError(409, 'Conflict', `Apply failed with ${count}: ${lines}`, { causes });
}

function describe(entry: ManagedFieldsEntry): string {
  const through = entry.subresource ? ` with subresource "${entry.subresource}"` : '';
  const using = entry.operation === 'Apply' ? '' : ` using ${entry.apiVersion}`;
  return `conflict with ${JSON.stringify(entry.manager)}${through}${using}`;
}

function isEntryOf(entry: ManagedFieldsEntry, writer: FieldManager, operation: 'Apply' | 'Update'): boolean {
  return (
    entry.operation === operation &&
    entry.manager === writer.manager &&
    (entry.subresource ?? '') === (writer.subresource ?? '') &&
    (operation === 'Apply' || entry.apiVersion === writer.apiVersion)
  );
}

function entryOf(
  writer: FieldManager,
  operation: 'Apply' | 'Update',
  fieldsV1: FieldsV1,
): ManagedFieldsEntry {
  const { manager, apiVersion, time, subresource } = writer;
  const entry: ManagedFieldsEntry = {
    manager,
    operation,
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1,
  };
  return subresource === undefined ? entry : { ...entry, subresource };
}

/** An entry that owns what it owned before keeps its time, so that applying the same again changes nothing. */
function keepTime(entry: ManagedFieldsEntry, former: ManagedFieldsEntry | undefined): ManagedFieldsEntry {
  if (former?.time === undefined) return entry;
  const same =
    isEmptySet(difference(entry.fieldsV1, former.fieldsV1)) &&
    isEmptySet(difference(former.fieldsV1, entry.fieldsV1));
  return same ? { ...entry, time: former.time } : entry;
}

function drop(entry: ManagedFieldsEntry, fields: FieldsV1): ManagedFieldsEntry {
  return isEmptySet(intersection(entry.fieldsV1, fields))
    ? entry
    : { ...entry, fieldsV1: difference(entry.fieldsV1, fields) };
}

function finish(entries: readonly ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const order = (entry: ManagedFieldsEntry) =>
    `${entry.operation} ${entry.time} ${entry.manager} ${entry.subresource ?? ''}`;
  const filled = entries.filter((entry) => !isEmptySet(entry.fieldsV1));
  return filled.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const leaf: FieldsV1 = {};
const SYSTEM: FieldsV1 = {
  'f:apiVersion': leaf,
  'f:kind': leaf,
  'f:metadata': Object.fromEntries(
    [
      'name',
      'namespace',
      'uid',
      'resourceVersion',
      'generation',
      'creationTimestamp',
      'selfLink',
      'managedFields',
    ].map((name) => [`f:${name}`, leaf]),
  ),
};

/** What the server sets, nobody owns; `.` of the metadata neither. */
function withoutSystemFields(set: FieldsV1, subresource: string | undefined): FieldsV1 {
  const { 'f:apiVersion': _a, 'f:kind': _k, 'f:metadata': metadata, ...rest } = set;
  const { '.': _dot, ...named } = metadata ?? {};
  const left = difference({ 'f:metadata': { ...named } }, { 'f:metadata': { ...SYSTEM['f:metadata'] } })[
    'f:metadata'
  ];
  const keepsMetadata = left !== undefined && !isEmptySet(named) && subresource === undefined;
  return keepsMetadata ? { 'f:metadata': left, ...rest } : rest;
}
