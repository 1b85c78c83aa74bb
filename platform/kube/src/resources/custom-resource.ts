import { type Fields, fieldsAt, isFields, type KubeObject, listAt, stringAt } from '../model/kube-object.ts';
import { modelSchema } from '../schema/model-schema.ts';
import { ANYTHING, type Schema } from '../schema/schema.ts';
import { type PrinterColumn, type ResourceType, type ResourceVersion, resourceId } from './resource-type.ts';

/** @returns the resource that a CustomResourceDefinition defines. The definition has been validated. */
export function customResource(definition: KubeObject): ResourceType {
  const spec = fieldsAt(definition, 'spec');
  const names = fieldsAt(spec, 'names');
  const group = stringAt(spec, 'group') ?? '';
  const plural = stringAt(names, 'plural') ?? '';
  const kind = stringAt(names, 'kind') ?? '';
  const versions = listAt(spec, 'versions').filter(isFields);
  return {
    id: resourceId(group, plural),
    group,
    kind,
    listKind: stringAt(names, 'listKind') ?? `${kind}List`,
    plural,
    singular: stringAt(names, 'singular') ?? kind.toLowerCase(),
    shortNames: listAt(names, 'shortNames').map(String),
    categories: listAt(names, 'categories').map(String),
    namespaced: spec.scope === 'Namespaced',
    storageVersion:
      stringAt(
        versions.find((version) => version.storage === true),
        'name',
      ) ?? '',
    custom: true,
    hasGeneration: true,
    versions: versions.map(customVersion).sort((a, b) => compareVersions(a.name, b.name)),
  };
}

function customVersion(version: Fields): ResourceVersion {
  const scale = fieldsAt(version, 'subresources', 'scale');
  const selector = stringAt(scale, 'labelSelectorPath');
  return {
    name: stringAt(version, 'name') ?? '',
    served: version.served === true,
    schema: rootSchema(fieldsAt(version, 'schema', 'openAPIV3Schema')),
    columns: listAt(version, 'additionalPrinterColumns') as readonly PrinterColumn[],
    hasStatus: isFields(fieldsAt(version, 'subresources').status),
    selectableFields: listAt(version, 'selectableFields').flatMap(
      (each) => stringAt(each, 'jsonPath')?.slice(1) ?? [],
    ),
    ...(scale.specReplicasPath
      ? {
          scale: {
            specReplicas: String(scale.specReplicasPath),
            statusReplicas: String(scale.statusReplicasPath),
            ...(selector === undefined ? {} : { selector }),
          },
        }
      : {}),
  };
}

/** Type and metadata fields have the same schema on every object, whatever the definition says about them. */
function rootSchema(schema: Schema): Schema {
  if (Object.keys(schema).length === 0) return ANYTHING;
  const text: Schema = { type: 'string' };
  const properties = {
    ...schema.properties,
    apiVersion: text,
    kind: text,
    metadata: modelSchema('V1ObjectMeta'),
  };
  return { ...schema, properties };
}

/**
 * Orders versions as discovery does: `v2`, `v1`, `v1beta2`, `v1beta1`, `v1alpha1`, then the rest by name.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  if (left === undefined || right === undefined) {
    if (left !== undefined) return -1;
    return right !== undefined ? 1 : a < b ? -1 : Number(a > b);
  }
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2];
}

const STABILITY: Readonly<Record<string, number>> = { alpha: 0, beta: 1 };

function rank(version: string): readonly [number, number, number] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) return undefined;
  const [, major, stability, minor] = match;
  return [stability === undefined ? 2 : (STABILITY[stability] ?? 0), Number(major), Number(minor ?? 0)];
}
