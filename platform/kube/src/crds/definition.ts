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
  /** Whether status is a subresource. @default true */
  readonly status?: boolean;
  readonly columns?: readonly PrinterColumn[];
}

const ANY_OBJECT = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
  description:
    'Only an outline of this kind is built in. Pull the real definition (drydock crds pull) to see its fields.',
};
const OPEN_SCHEMA = { ...ANY_OBJECT, properties: { spec: ANY_OBJECT, status: ANY_OBJECT } };

/** @returns the CustomResourceDefinition of an outline. */
export function definition(outline: DefinitionOutline): object {
  const { group, kind, plural, versions = ['v1alpha1'], namespaced = true, shortNames = [] } = outline;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), shortNames },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: OPEN_SCHEMA },
        ...(outline.status === false ? {} : { subresources: { status: {} } }),
        ...(outline.columns ? { additionalPrinterColumns: outline.columns } : {}),
      })),
    },
  };
}
