import type { Fields } from '../model/kube-object.ts';
import type { ServedResource } from '../resources/registry.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { Schema } from '../schema/schema.ts';
import { customComponent, modelComponent } from './component-name.ts';
import { resourcePaths } from './resource-paths.ts';
import { modelDocument, schemaDocument } from './schema-document.ts';

/**
 * @returns the OpenAPI v3 document of one group and version: paths with the parameters that kubectl looks for, and the
 *   schemas of all kinds. https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3
 */
export function openApiDocument(
  resources: readonly ServedResource[],
  group: string,
  version: string,
): object {
  const components = new Map<string, Fields>();
  const waiting = new Map<string, Schema>();
  const meet = (schema: Schema & { model: string }) => {
    const name = modelComponent(schema.model);
    if (!components.has(name)) waiting.set(name, schema);
  };
  let paths: Fields = {};
  for (const served of resources) {
    const component = addKind(served, components, meet);
    paths = { ...paths, ...resourcePaths(served, component) };
  }
  for (const [name, schema] of waiting) {
    if (!components.has(name)) components.set(name, modelDocument(schema, meet));
  }
  return {
    openapi: '3.0.0',
    info: { title: `Drydock embedded cluster: ${apiVersionOf(group, version)}`, version },
    paths,
    components: { schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))) },
  };
}

function addKind(
  { type, version }: ServedResource,
  components: Map<string, Fields>,
  meet: Parameters<typeof schemaDocument>[1],
): string {
  const { schema } = version;
  const { group, kind } = type;
  const kinds = { 'x-kubernetes-group-version-kind': [{ group, kind, version: version.name }] };
  const name =
    schema.model === undefined ? customComponent(group, version.name, kind) : modelComponent(schema.model);
  const document = schema.model === undefined ? schemaDocument(schema, meet) : modelDocument(schema, meet);
  components.set(name, { type: 'object', ...document, ...kinds });
  return name;
}
