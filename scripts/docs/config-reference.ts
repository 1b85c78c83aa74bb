import { VARIABLES } from '@drydock/model';
import { type Field, fieldsOf, type JsonSchema } from './json-schema.ts';
import { code, markdownTable, section } from './markdown.ts';

const INTRODUCTION = `Written by \`npm run docs\` from the schemas in \`schemas/\`, which are written by \`npm run schemas\` from the code.

A fleet is declared in the YAML files of three folders. Every file starts with \`apiVersion\` and \`kind\`; a field that
is not listed here is refused, and so is a YAML file that nothing would read. \`drydock validate\` reports every problem
at once. The first line of each example names its schema, so that editors complete and check it. A file holds at most
256 KiB and 100 expanded aliases. A duration is written like \`30s\`, \`15m\`, \`1h30m\` or \`2d\`.`;

const VALUES = `A values file holds Helm values. For a cluster they are laid over each other in this order: \`values.yaml\`, \`values.provider.<provider>.yaml\`,
\`values.environment.<environment>.yaml\`. Maps are merged, lists are replaced. An addon that has a file for one
environment must have one for each, \`{}\` where nothing differs, so that none gets the common values by mistake. In a
value, \`\${{ name }}\` stands for a fact of the cluster:`;

/** One kind of file. */
export interface Kind {
  readonly name: string;
  readonly path: string;
  readonly schema: JsonSchema;
}

/** `platform/model/README.md`: every field of every file. */
export function configReference(kinds: readonly Kind[]): string {
  const text = section(
    1,
    'The files of a fleet',
    INTRODUCTION,
    ...kinds.map(kindSection),
    section(2, 'Values of addons', VALUES, VARIABLES.map((name) => `- ${code(name)}`).join('\n')),
  );
  return `${text}\n`;
}

function kindSection({ name, path, schema }: Kind): string {
  const fields = fieldsOf(schema).filter(({ path }) => !IN_EVERY_FILE.has(path));
  return section(
    2,
    `${name}: ${code(path)}`,
    markdownTable(['field', 'type', 'default', 'is'], fields.map(row)),
  );
}

const IN_EVERY_FILE = new Set(['apiVersion', 'kind', 'metadata', 'spec']);

function row({ path, type, required, fallback, description }: Field): readonly string[] {
  return [code(path), type, required ? 'required' : code(fallback), description];
}
