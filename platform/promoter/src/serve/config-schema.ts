import { z } from 'zod';
import { promoterConfigSchema } from './config.ts';

/** The JSON Schema of the config of a promoter that stands alone, as editors read it. */
export function promoterConfigJsonSchema(): string {
  const json = z.toJSONSchema(promoterConfigSchema, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
