import { z } from 'zod';

/**
 * The schema of an overlay on a strict object: every field optional at every depth and without its default, so that
 * only what is written is laid over. Lists and maps are replaced as a whole or merged by key, as `mergeJson` does.
 */
export function overlayOf<Shape extends z.core.$ZodLooseShape>(schema: z.ZodObject<Shape>): z.ZodType {
  const fields = Object.entries(schema.shape).map(([key, field]) => [key, overlayField(field as z.ZodType)]);
  return z.strictObject(Object.fromEntries(fields));
}

function overlayField(field: z.ZodType): z.ZodType {
  const inner = unwrap(field);
  const overlay = inner instanceof z.ZodObject ? overlayOf(inner) : inner;
  const text = field.description ?? inner.description;
  return text === undefined ? overlay.optional() : overlay.optional().describe(text);
}

function unwrap(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault || field instanceof z.ZodOptional) {
    return unwrap(field.def.innerType as z.ZodType);
  }
  return field;
}
