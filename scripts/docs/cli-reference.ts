import type { Command, Option } from '@drydock/cli';
import { code, markdownTable, section } from './markdown.ts';

const INTRODUCTION = `Written by \`npm run docs\` from the table of commands; the same text as \`drydock COMMAND --help\`.

\`npx drydock COMMAND\` works in any folder of a clone. Results go to standard output, everything else to standard
error. \`--as USER\` takes any user named under \`spec.access\` of \`clusters/fleet.yaml\`; without it the command line
acts as the first admin.`;

const EXIT_CODES: readonly (readonly string[])[] = [
  ['0', 'done'],
  ['1', '`diff` only: the promotion would change something'],
  ['2', 'refused, wrongly typed, or not possible now; standard error says why'],
  ['130', 'ended by Ctrl-C'],
];

const VARIABLES: readonly (readonly string[])[] = [
  [code('NO_COLOR'), 'no colours, whatever it is set to'],
  [code('FORCE_COLOR'), 'colours also where standard output is no terminal'],
  [code('DRYDOCK_DEBUG'), 'stack traces of unexpected errors; at `up`, debug lines in `.drydock/logs/`'],
];

/** `platform/cli/README.md`: every command and its options. */
export function cliReference(groups: Readonly<Record<string, readonly Command[]>>): string {
  const parts = Object.entries(groups).map(([title, commands]) =>
    section(2, title, ...commands.map(commandSection)),
  );
  const text = section(
    1,
    'The drydock command',
    INTRODUCTION,
    ...parts,
    section(2, 'Exit codes', markdownTable(['code', 'means'], EXIT_CODES)),
    section(2, 'Environment', markdownTable(['variable', 'does'], VARIABLES)),
  );
  return `${text}\n`;
}

function commandSection({ name, parameters, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, definition]) => [
    code(flagOf(option, definition)),
    definition.help,
    typeof definition.default === 'string' ? code(definition.default) : '',
  ]);
  return section(
    3,
    code(['drydock', name, ...parameters.map(parameterOf)].join(' ')),
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    markdownTable(['option', 'does', 'default'], rows),
  );
}

function parameterOf(parameter: string): string {
  return parameter.startsWith('[') ? `[<${parameter.slice(1, -1)}>]` : `<${parameter}>`;
}

function flagOf(name: string, { short, value }: Option): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}
