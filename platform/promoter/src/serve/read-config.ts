import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { checkYamlFile, InputError, type Problem, parseYamlFile } from '@drydock/model';
import { z } from 'zod';
import type { UserToken } from '../access/authenticator.ts';
import { type PromoterConfig, promoterConfigSchema } from './config.ts';

/** A config with the folder that its paths are relative to. */
export interface PromoterConfigFile {
  readonly config: PromoterConfig;
  /** Makes a path of the config absolute. */
  path(path: string): string;
}

/** Reads the file of `drydock promoter serve --config`. @throws InputError with every problem */
export async function readPromoterConfig(file: string): Promise<PromoterConfigFile> {
  const { spec } = await readYaml(file, promoterConfigSchema);
  const folder = dirname(resolve(file));
  return { config: spec, path: (path) => (isAbsolute(path) ? path : resolve(folder, path)) };
}

/** Reads a file that holds one secret. @throws InputError when there is none in it */
export async function readSecret(file: string): Promise<string> {
  const text = (await readBytes(file)).toString('utf8').trim();
  if (text === '') throw new InputError(`${file}: expected a secret, got an empty file`);
  return text;
}

const tokensSchema = z.array(
  z.strictObject({
    name: z.string().min(1).max(200),
    token: z.string().min(16, 'expected at least 16 characters').max(1_000),
    groups: z.array(z.string().min(1)).default([]),
  }),
);

/** Reads the users that come with tokens. @throws InputError with every problem; no token is in its messages */
export async function readTokens(file: string): Promise<readonly UserToken[]> {
  const found = parseYamlFile(file, await readBytes(file), refuse(file));
  const tokens = tokensSchema.safeParse(found?.value);
  if (tokens.success) return tokens.data;
  const problems = tokens.error.issues.map(({ path, message }) => ({ file, path: path.join('.'), message }));
  throw new InputError(`${file} is not a list of users and tokens`, { problems });
}

async function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>> {
  const problems: Problem[] = [];
  const report = (problem: Problem) => void problems.push(problem);
  const found = parseYamlFile(file, await readBytes(file), report);
  const value = found && checkYamlFile(found, schema, report);
  if (value === undefined || problems.length > 0) throw new InputError(`${file} does not fit`, { problems });
  return value;
}

function refuse(file: string): (problem: Problem) => never {
  return (problem) => {
    throw new InputError(`${file} is not YAML`, { problems: [problem] });
  };
}

async function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(`${file} cannot be read: ${cause.code ?? 'unknown reason'}`, { cause });
  });
}
