import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import description from './github-operations.json' with { type: 'json' };

const schemaOf = (json: object) => z.fromJSONSchema(json as Parameters<typeof z.fromJSONSchema>[0]);

const operations = description.operations.map(({ method, path, parameters, body }) => ({
  method,
  path: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
  query: new Map(
    parameters.filter((parameter) => parameter.in === 'query').map((found) => [found.name, found]),
  ),
  body: body === null ? undefined : schemaOf(body),
}));

/** Refuses, with status 400 and the reason, what GitHub's own OpenAPI description does not allow. */
export function githubRequestCheck(): MiddlewareHandler {
  return async (context, next) => {
    const problem = await problemOf(context);
    return problem === undefined
      ? next()
      : context.json({ message: `not in the description: ${problem}` }, 400);
  };
}

async function problemOf({ req }: Context): Promise<string | undefined> {
  const method = req.method.toLowerCase();
  const operation = operations.find(
    (candidate) => candidate.method === method && candidate.path.test(req.path),
  );
  if (operation === undefined) return `${req.method} ${req.path}`;
  for (const [name, value] of Object.entries(req.query())) {
    const parameter = operation.query.get(name);
    if (parameter === undefined) return `query ${name}`;
    const schema = parameter.schema as { readonly type?: string };
    const given = schema.type === 'integer' ? Number(value) : value;
    if (!schemaOf(schema).safeParse(given).success) return `query ${name}=${value}`;
  }
  if (operation.body === undefined) return undefined;
  const body = (await req.json()) as object;
  const known = Object.keys((operation.body as z.ZodObject).shape ?? {});
  const stray = Object.keys(body).find((key) => known.length > 0 && !known.includes(key));
  if (stray !== undefined) return `field ${stray}`;
  const parsed = operation.body.safeParse(body);
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}
