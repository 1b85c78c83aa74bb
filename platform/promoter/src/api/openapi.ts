import { z } from 'zod';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of the API, generated from the schemas that also check requests and answers. */
export function openApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path}`;
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Drydock promoter', version: 'v1', license: { name: 'Apache-2.0' } },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function operationOf(route: Route): object {
  const parameters = [...parametersIn('path', route.parameters), ...parametersIn('query', route.query)];
  const takesBody = route.method === 'post' || route.method === 'put';
  const json = (schema: z.ZodType, io: 'input' | 'output') => ({
    'application/json': { schema: z.toJSONSchema(schema, { io }) },
  });
  return {
    operationId: route.operation,
    summary: route.summary,
    parameters,
    ...(takesBody && { requestBody: { content: json(route.body, 'input') } }),
    responses: {
      200: { description: 'Done', content: json(route.answer, 'output') },
      default: { description: 'Problem details (RFC 9457)', content: { 'application/problem+json': {} } },
    },
  };
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType): readonly object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}
