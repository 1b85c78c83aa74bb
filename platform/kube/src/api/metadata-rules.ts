import { isFields, type KubeObject, type ObjectMeta } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import type { ResourceType } from '../resources/resource-type.ts';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const ANNOTATIONS_LIMIT = 256 * 1024;

/**
 * Checks name, labels, annotations and finalizers.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function metadataProblems(object: KubeObject, type: ResourceType): readonly StatusCause[] {
  const { metadata } = object;
  return [
    ...nameProblems(metadata.name ?? '', type),
    ...labelProblems(metadata),
    ...annotationProblems(metadata),
    ...(metadata.finalizers ?? []).flatMap((name) => qualifiedNameProblems(name, 'metadata.finalizers')),
  ];
}

/** Fields of the metadata that no update may change. */
export function immutableMetadataProblems(live: ObjectMeta, next: ObjectMeta): readonly StatusCause[] {
  return (['name', 'namespace', 'uid', 'creationTimestamp'] as const)
    .filter((field) => live[field] !== next[field])
    .map((field) => invalidValue(`metadata.${field}`, next[field], 'field is immutable'));
}

/** @returns a cause in the words of the API. */
export function invalidValue(field: string, value: unknown, why: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(value) ?? 'null'}: ${why}`,
  };
}

/** @returns a cause for a field that is missing. */
export function requiredValue(field: string, why = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    field,
    message: why === '' ? 'Required value' : `Required value: ${why}`,
  };
}

function nameProblems(name: string, type: ResourceType): readonly StatusCause[] {
  if (name === '') return [requiredValue('metadata.name', 'name or generateName is required')];
  if (type.group === 'rbac.authorization.k8s.io') {
    const bad = name === '.' || name === '..' || /[/%]/.test(name);
    return bad ? [invalidValue('metadata.name', name, "may not be '.' or '..' or contain '/' or '%'")] : [];
  }
  const rule = nameRule(type);
  if (name.length <= rule.length && rule.pattern.test(name)) return [];
  return [invalidValue('metadata.name', name.slice(0, 300), rule.text)];
}

const SUBDOMAIN_RULE = {
  pattern: SUBDOMAIN,
  length: 253,
  text: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
};
const LABEL_RULE = {
  pattern: LABEL,
  length: 63,
  text: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
};
const SERVICE_RULE = {
  pattern: LABEL_1035,
  length: 63,
  text: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
};

function nameRule(type: ResourceType): typeof LABEL_RULE {
  if (type.id === 'namespaces') return LABEL_RULE;
  return type.id === 'services' ? SERVICE_RULE : SUBDOMAIN_RULE;
}

function labelProblems(metadata: ObjectMeta): readonly StatusCause[] {
  if (metadata.labels === undefined) return [];
  return Object.entries(metadata.labels).flatMap(([name, value]) => {
    const problems = [...qualifiedNameProblems(name, 'metadata.labels')];
    if (typeof value !== 'string' || value.length > 63 || !LABEL_VALUE.test(value))
      problems.push(
        invalidValue(
          'metadata.labels',
          value,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', at most 63",
        ),
      );
    return problems;
  });
}

function annotationProblems(metadata: ObjectMeta): readonly StatusCause[] {
  if (metadata.annotations === undefined) return [];
  let size = 0;
  const problems = Object.entries(metadata.annotations).flatMap(([name, value]) => {
    size += name.length + String(value).length;
    if (typeof value !== 'string')
      return [invalidValue(`metadata.annotations.${name}`, value, 'must be a string')];
    return qualifiedNameProblems(name.toLowerCase(), 'metadata.annotations');
  });
  if (size <= ANNOTATIONS_LIMIT) return problems;
  const message = `Too long: may not be more than ${ANNOTATIONS_LIMIT} bytes`;
  return [...problems, { reason: 'FieldValueTooLong', field: 'metadata.annotations', message }];
}

function qualifiedNameProblems(name: unknown, field: string): readonly StatusCause[] {
  const slash = String(name).lastIndexOf('/');
  const prefix = String(name).slice(0, Math.max(slash, 0));
  const short = String(name).slice(slash + 1);
  const good =
    (slash === -1 || (prefix.length <= 253 && SUBDOMAIN.test(prefix))) &&
    short.length <= 63 &&
    QUALIFIED.test(short);
  return good
    ? []
    : [
        invalidValue(
          field,
          name,
          "name part must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix",
        ),
      ];
}

/**
 * @returns the metadata with the wrong types of a hostile client turned into absent ones, so that later code can rely on
 *   them, or the name of the field that is wrong
 */
export function metadataShapeProblem(metadata: unknown): string | undefined {
  if (!isFields(metadata)) return 'metadata';
  const text = [
    'name',
    'generateName',
    'namespace',
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'deletionTimestamp',
  ];
  const wrongText = text.find((field) => metadata[field] != null && typeof metadata[field] !== 'string');
  if (wrongText !== undefined) return `metadata.${wrongText}`;
  const wrongMap = ['labels', 'annotations'].find(
    (field) => metadata[field] != null && !isFields(metadata[field]),
  );
  if (wrongMap !== undefined) return `metadata.${wrongMap}`;
  const lists = ['finalizers', 'ownerReferences', 'managedFields'];
  const wrongList = lists.find((field) => metadata[field] != null && !Array.isArray(metadata[field]));
  if (wrongList !== undefined) return `metadata.${wrongList}`;
  const entries = [
    ...((metadata.ownerReferences as unknown[]) ?? []),
    ...((metadata.managedFields as unknown[]) ?? []),
  ];
  return entries.every(isFields) ? undefined : 'metadata.ownerReferences';
}
