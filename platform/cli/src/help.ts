import type { Command, Option } from './command.ts';
import { table } from './print/table.ts';

/** What `drydock` alone prints. */
export function overviewText(groups: Readonly<Record<string, readonly Command[]>>): string {
  const parts = Object.entries(groups).map(([title, commands]) => {
    const rows = commands.map(({ name, parameters, summary }) => [
      `  ${[name, ...parameters].join(' ')}`,
      summary,
    ]);
    const [first = [], ...rest] = rows;
    return `${title}\n${table(first, rest)}`;
  });
  return `Usage: drydock COMMAND\n\n${parts.join('\n')}\n"drydock COMMAND --help" says more.\n`;
}

/** What `drydock COMMAND --help` prints. */
export function commandText({ name, parameters, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, definition]) => [
    `  ${flagOf(option, definition)}`,
    definition.help,
  ]);
  const usage = `Usage: drydock ${[name, ...parameters].join(' ')}${rows.length > 0 ? ' [options]' : ''}\n\n${summary}\n`;
  const [first, ...rest] = rows;
  return first === undefined ? usage : `${usage}\n${table(first, rest)}`;
}

function flagOf(name: string, { short, value, default: fallback }: Option): string {
  const flag = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  return typeof fallback === 'string' ? `${flag} (${fallback})` : flag;
}
