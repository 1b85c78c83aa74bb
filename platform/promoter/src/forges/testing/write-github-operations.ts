import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * `node write-github-operations.ts <folder of @octokit/openapi>`: cuts out of GitHub's own OpenAPI description what the
 * adapter uses. The package is 400 MB unpacked, so it is not a dependency; this excerpt of it is committed instead.
 */
const OPERATIONS = [
  ['get', '/repos/{owner}/{repo}/pulls'],
  ['post', '/repos/{owner}/{repo}/pulls'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}'],
  ['patch', '/repos/{owner}/{repo}/pulls/{pull_number}'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}/reviews'],
  ['post', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['post', '/repos/{owner}/{repo}/statuses/{sha}'],
  ['get', '/repos/{owner}/{repo}/commits/{ref}/statuses'],
  ['get', '/repos/{owner}/{repo}/commits/{ref}'],
  ['get', '/repos/{owner}/{repo}/commits/{commit_sha}/pulls'],
] as const;

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
}
interface Description {
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly parameters: Record<string, Parameter> };
}

const [, , folder = '.'] = process.argv;
const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'));
const description = (await read('generated/api.github.com.json')) as Description;
const operations = OPERATIONS.map(([method, path]) => {
  const { parameters = [], requestBody } = description.paths[path]?.[method] ?? {};
  const resolved = parameters.map((parameter) =>
    parameter.$ref === undefined
      ? parameter
      : description.components.parameters[parameter.$ref.split('/').at(-1) ?? ''],
  );
  return {
    method,
    path,
    parameters: resolved.map(
      (found) =>
        found && { name: found.name, in: found.in, required: found.required ?? false, schema: found.schema },
    ),
    body: requestBody?.content['application/json']?.schema ?? null,
  };
});
const source = `@octokit/openapi ${(await read('package.json')).version}`;
const target = join(import.meta.dirname, 'github-operations.json');
await writeFile(target, `${JSON.stringify({ source, operations }, undefined, 2)}\n`);
