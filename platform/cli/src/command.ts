import type { ParseArgsConfig } from 'node:util';
import type { PromoterClient } from './client/promoter-client.ts';
import type { Streams } from './streams.ts';

/** What a command may use of its surroundings; the entry point makes it, tests make their own. */
export interface CommandContext {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder the command was called in. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The promoter's API, as the user that `--as` names. @throws InputError when no fleet is known here */
  promoter(values: OptionValues): Promise<PromoterClient>;
}

/** Parsed options; see the options of each command. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

type OptionConfig = NonNullable<ParseArgsConfig['options']>[string];

/** An option of a command. */
export interface Option extends OptionConfig {
  readonly type: 'string' | 'boolean';
  readonly help: string;
  /** Name of the value in the help, for example `FILE`. */
  readonly value?: string;
}

/** One verb of the command line. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments; one in brackets may be left out. */
  readonly parameters: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** @returns the exit code */
  run(context: CommandContext, positionals: readonly string[], values: OptionValues): Promise<number>;
}

/** Options of every command that asks the promoter. */
export const asOption = {
  as: { type: 'string', value: 'USER', help: 'act as this user of the local fleet' },
} as const satisfies Record<string, Option>;

/** Option of every command with a result. */
export const outputOption = {
  output: { type: 'string', short: 'o', value: 'FORMAT', help: 'table, json or yaml', default: 'table' },
} as const satisfies Record<string, Option>;
