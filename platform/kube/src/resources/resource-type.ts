import type { KubeObject } from '../model/kube-object.ts';
import { ANYTHING, type Schema } from '../schema/schema.ts';

/** A column of a Table, https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  /** 0 is shown always, 1 with `-o wide`. @default 0 */
  readonly priority?: number;
  /** A JSON path below the object, e.g. `.spec.replicas`. */
  readonly jsonPath: string;
  /** Computes the cell where a path is not enough. */
  readonly value?: (object: KubeObject) => unknown;
}

/** One served version of a resource. */
export interface ResourceVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema: Schema;
  readonly columns: readonly PrinterColumn[];
  readonly hasStatus: boolean;
  readonly scale?: ScalePaths;
  /** Field selectors beside `metadata.name` and `metadata.namespace`. */
  readonly selectableFields: readonly string[];
  /** How objects of this version become stored ones and back. @default versions differ in nothing but their name */
  readonly conversion?: {
    toStorage(object: KubeObject): KubeObject;
    fromStorage(object: KubeObject): KubeObject;
  };
}

/** Where the scale subresource finds its values. */
export interface ScalePaths {
  readonly specReplicas: string;
  readonly statusReplicas: string;
  /** Path of a serialized selector (custom resources), or of a LabelSelector (built-in kinds). */
  readonly selector?: string;
}

/** A kind of object that the API serves. */
export interface ResourceType {
  /** `<plural>.<group>`, or the plural alone in the core group. */
  readonly id: string;
  readonly group: string;
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** In the order of discovery. */
  readonly versions: readonly ResourceVersion[];
  readonly storageVersion: string;
  /** Whether it came with a CustomResourceDefinition. */
  readonly custom: boolean;
  /** Whether the API counts changes of the spec in `metadata.generation`. */
  readonly hasGeneration: boolean;
}

/** @returns the id of a resource. */
export function resourceId(group: string, plural: string): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** @returns `v1` or `apps/v1`. */
export function apiVersionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

/** @returns the group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** @returns the schema of the stored version. */
export function storageSchema(type: ResourceType): Schema {
  return type.versions.find(({ name }) => name === type.storageVersion)?.schema ?? ANYTHING;
}
