import { InputError } from '@drydock/model';
import { stringify } from 'yaml';
import type { OptionValues } from '../command.ts';
import type { Streams } from '../streams.ts';

/** Prints a result as `--output` asks: as data, or as `text` makes it for people. @throws InputError for another format */
export function printResult(streams: Streams, values: OptionValues, result: unknown, text: () => string): void {
  switch (values['output'] ?? 'table') {
    case 'json':
      return streams.out(`${JSON.stringify(result, undefined, 2)}\n`);
    case 'yaml':
      return streams.out(stringify(result));
    case 'table':
      return streams.out(text());
    default:
      throw new InputError(`--output: expected table, json or yaml, got "${values['output']}"`);
  }
}
