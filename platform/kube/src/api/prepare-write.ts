import { applyConfiguration, type FieldManager, trackUpdate } from '../fields/managed-fields.ts';
import { jsonEqual } from '../model/json-equal.ts';
import type { KubeObject, ManagedFieldsEntry } from '../model/kube-object.ts';
import { badRequest, conflict, invalid, type StatusCause } from '../model/status-error.ts';
import { apiVersionOf, type ResourceType, storageSchema } from '../resources/resource-type.ts';
import { complete } from '../schema/complete.ts';
import type { Schema } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { ruleProblems } from '../schema/validate-rules.ts';
import { modelProblems } from '../validators/model-validator.ts';
import { immutableMetadataProblems, metadataProblems } from './metadata-rules.ts';
import { strategyOf } from './strategies.ts';
import { timestamp, type WriteEnvironment, type WriteOptions } from './write-context.ts';

/** A write of one resource. */
export interface Write {
  readonly type: ResourceType;
  readonly options: WriteOptions;
  readonly environment: WriteEnvironment;
  /** The entries to store, when they are known already. */
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** @returns the object as it is stored after a create. @throws StatusError 400, 422 */
export function prepareCreate(input: KubeObject, write: Write): KubeObject {
  const { type, environment } = write;
  if (input.metadata.resourceVersion)
    throw badRequest('resourceVersion should not be set on objects to be created');
  const { status: _status, ...withoutStatus } = input;
  const body = hasStatus(type) ? withoutStatus : input;
  const object = { ...body, metadata: newMetadata(input, type, environment) } as KubeObject;
  const completed = complete(object, storageSchema(type)) as KubeObject;
  const prepared = strategyOf(type.id).prepareCreate?.(completed, environment) ?? completed;
  check(prepared, undefined, type);
  return manage(undefined, prepared, input.metadata.managedFields, write);
}

/** @returns the object as it is stored after an update; the live one itself when nothing changes. */
export function prepareUpdate(live: KubeObject, input: KubeObject, write: Write): KubeObject {
  const { type, options, environment } = write;
  refuseStale(live, input, type);
  const merged = options.subresource === 'status' ? withStatus(live, input) : withSpec(live, input, type);
  const completed = complete(merged, storageSchema(type)) as KubeObject;
  const main = options.subresource === undefined;
  const prepared =
    (main ? strategyOf(type.id).prepareUpdate?.(completed, live, environment) : undefined) ?? completed;
  const managed = manage(live, prepared, input.metadata.managedFields, write);
  if (jsonEqual(live, managed)) return live;
  const next = bumpGeneration(live, managed, type);
  check(next, live, type);
  return next;
}

/** @returns the object after a server-side apply of `configuration`; the live one itself when nothing changes. */
export function prepareApply(
  live: KubeObject | undefined,
  configuration: KubeObject,
  write: Write & { readonly force: boolean },
): KubeObject {
  const { type, force } = write;
  if (configuration.metadata.managedFields?.length) throw badRequest('metadata.managedFields must be nil');
  const writer = { ...fieldManager(write), force };
  const writable = writablePart(configuration, write);
  const { object, managedFields } = applyConfiguration(live, writable, writer, storageSchema(type));
  const applied = { ...write, managedFields };
  return live === undefined ? prepareCreate(object, applied) : prepareUpdate(live, object, applied);
}

/** What is not written through a (sub)resource is not owned by who applies through it either. */
function writablePart(configuration: KubeObject, { type, options }: Write): KubeObject {
  if (!hasStatus(type)) return configuration;
  const { status, ...main } = configuration;
  if (options.subresource !== 'status') return main as KubeObject;
  const { apiVersion, kind, metadata } = configuration;
  return { apiVersion, kind, metadata, ...(status === undefined ? {} : { status }) };
}

function hasStatus(type: ResourceType): boolean {
  return type.versions.some((version) => version.hasStatus);
}

function newMetadata(
  input: KubeObject,
  type: ResourceType,
  environment: WriteEnvironment,
): KubeObject['metadata'] {
  const { metadata } = input;
  const generated = metadata.generateName
    ? `${metadata.generateName.slice(0, 58)}${environment.suffix()}`
    : undefined;
  const name = metadata.name || generated;
  const {
    selfLink: _s,
    resourceVersion: _r,
    deletionTimestamp: _d,
    deletionGracePeriodSeconds: _g,
    managedFields: _m,
    generation: _n,
    ...rest
  } = metadata;
  return {
    ...dropNulls(rest),
    ...(name === undefined ? {} : { name }),
    uid: environment.uid(),
    creationTimestamp: timestamp(environment.now()),
    ...(type.hasGeneration ? { generation: 1 } : {}),
  };
}

function refuseStale(live: KubeObject, input: KubeObject, type: ResourceType): void {
  const { name = '', uid, resourceVersion } = input.metadata;
  if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) {
    throw conflict(
      type,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
  if (uid && uid !== live.metadata.uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
    );
  }
}

function withStatus(live: KubeObject, input: KubeObject): KubeObject {
  const { managedFields } = input.metadata;
  const metadata = managedFields === undefined ? live.metadata : { ...live.metadata, managedFields };
  const { status, ...rest } = { ...live, metadata, status: input.status };
  return status === undefined ? (rest as KubeObject) : { ...rest, status };
}

function withSpec(live: KubeObject, input: KubeObject, type: ResourceType): KubeObject {
  const {
    uid,
    creationTimestamp,
    resourceVersion,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = live.metadata;
  const kept = {
    uid,
    creationTimestamp,
    resourceVersion,
    generation,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  };
  const present = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  const {
    generation: _g,
    deletionTimestamp: _d,
    deletionGracePeriodSeconds: _p,
    selfLink: _s,
    ...named
  } = input.metadata;
  const metadata = { ...dropNulls(named), ...present };
  if (!hasStatus(type)) return { ...input, metadata };
  const { status: _status, ...rest } = input;
  return { ...rest, metadata, ...(live.status === undefined ? {} : { status: live.status }) } as KubeObject;
}

/** A null in the metadata means "not set". */
function dropNulls(metadata: KubeObject['metadata']): KubeObject['metadata'] {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => value !== null && value !== undefined),
  );
}

function manage(
  live: KubeObject | undefined,
  next: KubeObject,
  sent: readonly ManagedFieldsEntry[] | undefined,
  write: Write,
): KubeObject {
  if (write.managedFields !== undefined) return withManagers(next, write.managedFields);
  const reset =
    sent !== undefined &&
    (sent.length === 0 || (sent.length === 1 && Object.keys(sent[0] ?? {}).length === 0));
  if (reset) return withManagers(next, []);
  const base = sent?.every((entry) => entry.fieldsV1 !== undefined)
    ? sent
    : (live?.metadata.managedFields ?? []);
  return withManagers(
    next,
    trackUpdate({ before: live, after: next, base }, fieldManager(write), storageSchema(write.type)),
  );
}

function withManagers(object: KubeObject, managedFields: readonly ManagedFieldsEntry[]): KubeObject {
  return { ...object, metadata: { ...object.metadata, managedFields: [...managedFields] } };
}

function fieldManager({ type, options, environment }: Write): FieldManager {
  return {
    manager: options.manager,
    apiVersion: options.apiVersion ?? apiVersionOf(type.group, type.storageVersion),
    subresource: options.subresource,
    time: timestamp(environment.now()),
  };
}

function bumpGeneration(live: KubeObject, next: KubeObject, type: ResourceType): KubeObject {
  if (!type.hasGeneration) return next;
  const { metadata: _m, status: _s, ...before } = live;
  const { metadata, status: _t, ...after } = next;
  const deleting = metadata.deletionTimestamp !== undefined && live.metadata.deletionTimestamp === undefined;
  if (jsonEqual(before, after) && !deleting) return next;
  return { ...next, metadata: { ...metadata, generation: (live.metadata.generation ?? 0) + 1 } };
}

/** Where the real definition is there, it says what is right; an outline leaves that to the project's compiled validator. */
function customProblems(
  object: KubeObject,
  live: KubeObject | undefined,
  schema: Schema,
): readonly StatusCause[] {
  const isOutline = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isOutline ? modelProblems(object) : ruleProblems(object, live, schema);
}

function check(object: KubeObject, live: KubeObject | undefined, type: ResourceType): void {
  const causes = [
    ...metadataProblems(object, type),
    ...(live ? immutableMetadataProblems(live.metadata, object.metadata) : []),
    ...validate(object, storageSchema(type)),
    ...(type.custom ? customProblems(object, live, storageSchema(type)) : []),
    ...(strategyOf(type.id).validate?.(object, live) ?? []),
  ];
  if (causes.length > 0) throw invalid(type, object.metadata.name ?? '', causes);
}
