import { InputError } from '@drydock/model';
import { stringify } from 'yaml';
import type { OptionValues } from '../command.ts';
import type { Streams } from '../streams.ts';

/** Prints a result as `--output` asks: as data, or as `text` makes it for people. @throws InputError for another format */
export function printResult(
  streams: Streams,
  values: OptionValues,
  result: unknown,
  text: () => string,
): void {
  streams.out(format(values.output ?? 'table', result, text));
}

function format(output: string | boolean, result: unknown, text: () => string): string {
  if (output === 'json') return `${JSON.stringify(result, undefined, 2)}\n`;
  if (output === 'yaml') return stringify(result);
  if (output === 'table') return text();
  throw new InputError(`--output: expected table, json or yaml, got "${output}"`);
}
