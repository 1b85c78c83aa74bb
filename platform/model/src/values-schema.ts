import { z } from 'zod';
import type { FleetFiles, Report } from './fleet-files.ts';
import { schemaProblems } from './schema-problem.ts';

/** Checks the values of addons against `values.schema.json`, where an addon has one. */
export function checkValuesSchemas(files: FleetFiles, report: Report): void {
  for (const [addon, json] of files.valuesSchemas) {
    const schema = readSchema(json);
    if (schema === undefined) {
      report({ file: `addons/${addon}/values.schema.json`, message: 'expected a JSON Schema' });
      continue;
    }
    for (const { file } of files.values.filter((values) => values.addon === addon)) {
      const result = schema.safeParse(file.value);
      if (result.success) continue;
      for (const problem of schemaProblems(file, schema, result.error)) report(problem);
    }
  }
}

function readSchema(json: unknown): z.ZodType | undefined {
  try {
    return z.fromJSONSchema(json as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    return undefined;
  }
}
