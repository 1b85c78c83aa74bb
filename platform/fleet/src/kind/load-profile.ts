import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type Problem, suggestion } from '@drydock/model';
import { parse } from 'yaml';
import { type KindProfile, kindProfileSchema } from './profile.ts';

/** Where the profiles of a repository lie. */
export const PROFILES = join('scripts', 'kind');

/**
 * Reads the profile `scripts/kind/<name>.yaml`.
 *
 * @throws InputError when there is none, or with every problem in it
 */
export async function loadKindProfile(root: string, name: string): Promise<KindProfile> {
  const names = (await readdir(join(root, PROFILES))).filter((file) => file.endsWith('.yaml'));
  const known = names.map((file) => file.slice(0, -'.yaml'.length));
  if (!known.includes(name)) {
    const near = suggestion(name, known);
    throw new InputError(`unknown profile "${name}", ${near ?? `expected one of ${known.join(', ')}`}`);
  }
  const file = `${PROFILES}/${name}.yaml`;
  return parseKindProfile(await readFile(join(root, file), 'utf8'), file);
}

/** Checks the text of a profile. @throws InputError with every problem in it */
export function parseKindProfile(text: string, file: string): KindProfile {
  const parsed = kindProfileSchema.safeParse(parse(text, { maxAliasCount: 0 }));
  if (parsed.success) return { name: parsed.data.metadata.name, ...parsed.data.spec };
  const problems = parsed.error.issues.map(
    ({ path, message }): Problem => ({ file, path: path.join('.'), message }),
  );
  throw new InputError(`found ${problems.length} problem(s) in ${file}`, { problems });
}
