import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DrydockError, formatProblem, InputError, type Problem, suggestion } from '@drydock/model';
import { findPromoter } from './client/local-promoter.ts';
import { PromoterClient, RefusedError } from './client/promoter-client.ts';
import type { Command, CommandContext, OptionValues } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { commandText, overviewText } from './help.ts';

export type RunOptions = Omit<CommandContext, 'promoter'>;

/** Exit code for what the user got wrong, or what was refused. */
const USAGE = 2;

/** Runs one command line. @returns the exit code */
export async function run(argv: readonly string[], options: RunOptions): Promise<number> {
  const [name, ...rest] = argv;
  const commands = Object.values(COMMANDS).flat();
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return explain(name, commands, options);
  try {
    const parsed = parse(command, rest);
    if (parsed === 'help') {
      options.streams.out(commandText(command));
      return 0;
    }
    const promoter = async (values: OptionValues) => {
      const as = typeof values.as === 'string' ? values.as : undefined;
      return new PromoterClient(await findPromoter({ ...options, as }), options.signal);
    };
    return await command.run({ ...options, promoter }, parsed.positionals, parsed.values);
  } catch (error) {
    return report(error, options);
  }
}

function explain(name: string | undefined, commands: readonly Command[], { streams }: RunOptions): number {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    streams.out(overviewText(COMMANDS));
    return 0;
  }
  const near = suggestion(
    name,
    commands.map((command) => command.name),
  );
  streams.err(`drydock: no command "${name}"${near === undefined ? '' : `, ${near}`}\n`);
  return USAGE;
}

function parse(
  command: Command,
  args: readonly string[],
): 'help' | { readonly positionals: readonly string[]; readonly values: OptionValues } {
  const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseOrRefuse(command, args, options);
  if (values.help === true) return 'help';
  const required = command.parameters.filter((parameter) => !parameter.startsWith('['));
  if (positionals.length < required.length || positionals.length > command.parameters.length) {
    throw new InputError(`expected "drydock ${[command.name, ...command.parameters].join(' ')}"`);
  }
  return { positionals, values };
}

function parseOrRefuse(command: Command, args: readonly string[], options: ParseArgsConfig['options']) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true }) as {
      values: OptionValues;
      positionals: string[];
    };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split('.')[0] : String(cause);
    throw new InputError(`${message}; "drydock ${command.name} --help" lists the options`, { cause });
  }
}

function report(error: unknown, { streams, signal, env }: RunOptions): number {
  if (signal.aborted) return 130;
  const expected = error instanceof DrydockError || error instanceof RefusedError;
  const text = error instanceof Error ? error.message : String(error);
  const detail = !expected && error instanceof Error && env.DRYDOCK_DEBUG ? error.stack : text;
  streams.err(
    `drydock: ${detail}\n${problemsOf(error)
      .map((problem) => `  ${problem}\n`)
      .join('')}`,
  );
  return USAGE;
}

/** The single problems that an InputError, or an error of a hydration, carries. */
function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || !('problems' in error) || !Array.isArray(error.problems)) return [];
  return (error.problems as readonly Problem[]).map(formatProblem);
}
