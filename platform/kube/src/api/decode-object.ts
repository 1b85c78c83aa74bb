import { type Fields, isFields, type KubeObject } from '../model/kube-object.ts';
import { badRequest } from '../model/status-error.ts';
import { apiVersionOf, type ResourceType, storageSchema } from '../resources/resource-type.ts';
import { prune } from '../schema/prune.ts';
import { metadataShapeProblem } from './metadata-rules.ts';
import type { WriteOptions } from './write-context.ts';

/**
 * Turns what a client sent into an object of a resource in its stored version: right kind, metadata of the right shape,
 * unknown fields dropped, reported or refused.
 * @throws StatusError 400
 */
export function decodeObject(input: unknown, type: ResourceType, options: WriteOptions): KubeObject {
  const stored = apiVersionOf(type.group, type.storageVersion);
  if (!isFields(input)) throw badRequest('the request body is not an object');
  // Typed clients leave out kind and apiVersion of built-in kinds.
  const named = type.custom ? input : { apiVersion: stored, kind: type.kind, ...input };
  checkKind(named, type);
  const metadata = input.metadata ?? {};
  const wrong = metadataShapeProblem(metadata);
  if (wrong !== undefined)
    throw badRequest(
      `${type.kind} in version "${input.apiVersion}" cannot be handled: ${wrong} has the wrong type`,
    );
  const object = {
    ...named,
    apiVersion: stored,
    metadata: { ...(metadata as Fields) },
  };
  const version = type.versions.find(({ name }) => apiVersionOf(type.group, name) === named.apiVersion);
  const converted = version?.conversion?.toStorage(object as unknown as KubeObject) ?? object;
  return dropUnknown(converted as KubeObject, type, options);
}

function checkKind(input: Fields, type: ResourceType): void {
  const { apiVersion, kind } = input;
  if (typeof kind !== 'string' || kind === '')
    throw badRequest("Object 'Kind' is missing in the request body");
  if (typeof apiVersion !== 'string' || apiVersion === '')
    throw badRequest("Object 'apiVersion' is missing in the request body");
  const fits =
    kind === type.kind && type.versions.some(({ name }) => apiVersionOf(type.group, name) === apiVersion);
  if (fits) return;
  const expected = apiVersionOf(type.group, type.storageVersion);
  throw badRequest(
    `the object in the request body is ${apiVersion} ${kind}, expected ${expected} ${type.kind}`,
  );
}

function dropUnknown(object: KubeObject, type: ResourceType, options: WriteOptions): KubeObject {
  const unknown: string[] = [];
  const pruned = prune(object, storageSchema(type), (path) => unknown.push(path)) as KubeObject;
  if (unknown.length === 0 || options.fieldValidation === undefined || options.fieldValidation === 'Ignore')
    return pruned;
  const texts = unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  if (options.fieldValidation === 'Warn') for (const text of texts) options.warn?.(text);
  else
    throw badRequest(
      `${type.kind} in version "${type.storageVersion}" cannot be handled as a ${type.kind}: strict decoding error: ${texts.join(', ')}`,
    );
  return pruned;
}
