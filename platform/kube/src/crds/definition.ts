import type { PrinterColumn } from '../resources/resource-type.ts';

/** The short form of a CustomResourceDefinition of which only the outline is carried here. */
export interface DefinitionOutline {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** Served versions; the first one is stored. @default v1alpha1 */
  readonly versions?: readonly string[];
  /** @default true */
  readonly namespaced?: boolean;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** Whether status is a subresource. @default true */
  readonly status?: boolean;
  readonly columns?: readonly PrinterColumn[];
  /** Schema of `spec` and others. @default everything is accepted, and nothing known */
  readonly schema?: object;
}

const OPEN_SCHEMA = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** @returns the CustomResourceDefinition of an outline. */
export function definition(outline: DefinitionOutline): object {
  const {
    group,
    kind,
    plural,
    versions = ['v1alpha1'],
    namespaced = true,
    shortNames = [],
    categories = [],
  } = outline;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), shortNames, categories },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: outline.schema ?? OPEN_SCHEMA },
        ...(outline.status === false ? {} : { subresources: { status: {} } }),
        ...(outline.columns ? { additionalPrinterColumns: outline.columns } : {}),
      })),
    },
  };
}
