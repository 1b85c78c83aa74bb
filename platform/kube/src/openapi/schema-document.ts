import type { Fields } from '../model/kube-object.ts';
import { describeField } from '../schema/model-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { modelComponent, reference } from './component-name.ts';

/**
 * Prints a schema for OpenAPI v3. Built-in types become references.
 * @param meet is told every built-in type on the way
 */
export function schemaDocument(schema: Schema, meet: (model: Schema & { model: string }) => void): Fields {
  if (schema.model !== undefined) {
    meet(schema as Schema & { model: string });
    return referenceDocument(schema, schema.model);
  }
  const { properties, items, additionalProperties, ...rest } = schema;
  const document: Fields = { ...rest };
  if (rest['x-kubernetes-int-or-string'] === true && rest.format === 'quantity')
    document.description = 'A quantity, e.g. 100m or 1Gi.';
  if (properties !== undefined) document.properties = fieldDocuments(schema, meet);
  if (items !== undefined) document.items = schemaDocument(items, meet);
  if (additionalProperties !== undefined)
    document.additionalProperties =
      typeof additionalProperties === 'boolean'
        ? additionalProperties
        : schemaDocument(additionalProperties, meet);
  return document;
}

/** Prints a built-in type itself. */
export function modelDocument(schema: Schema, meet: (model: Schema & { model: string }) => void): Fields {
  const { required = [], description } = schema;
  return {
    type: 'object',
    ...(description ? { description } : {}),
    ...(required.length > 0 ? { required } : {}),
    properties: fieldDocuments(schema, meet),
  };
}

function fieldDocuments(schema: Schema, meet: (model: Schema & { model: string }) => void): Fields {
  const entries = Object.entries(schema.properties ?? {}).map(([name, child]) => {
    // Fields of a type of their own are described by that type.
    const description = describeField(schema, name) ?? child.description;
    const document = schemaDocument(child, meet);
    if (!description) return [name, document];
    return [name, '$ref' in document ? { description, allOf: [document] } : { description, ...document }];
  });
  return Object.fromEntries(entries) as Fields;
}

/** Marks that stand beside a reference: those that belong to the field and not to the type. */
function referenceDocument(schema: Schema, model: string): Fields {
  const marks = Object.fromEntries(
    Object.entries(schema).filter(([name]) => name === 'default' || name.startsWith('x-kubernetes-')),
  );
  const target = reference(modelComponent(model));
  return Object.keys(marks).length === 0 ? { ...target } : { allOf: [target], ...marks };
}
