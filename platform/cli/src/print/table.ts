import { stripVTControlCharacters } from 'node:util';

/** Lays rows out in columns that are as wide as their widest cell; colours do not count. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
