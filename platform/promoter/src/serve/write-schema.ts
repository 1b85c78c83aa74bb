import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promoterConfigJsonSchema } from './config-schema.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'promoter-config.schema.json'), promoterConfigJsonSchema());
