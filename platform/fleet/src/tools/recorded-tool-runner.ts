import type { Command, CommandResult, Tool, ToolRunner } from './command.ts';
import { commandLine } from './command-line.ts';
import { ToolMissingError } from './tool-errors.ts';

/** What a recorded tool answers: its standard output, or a whole result. */
export type Answer =
  | string
  | Partial<CommandResult>
  | ((command: Command) => string | Partial<CommandResult>);

export interface RecordedToolRunner extends ToolRunner {
  /** Every command so far, as it would be typed. */
  readonly calls: readonly string[];
  /** Every command so far. */
  readonly commands: readonly Command[];
}

/**
 * Answers from a recording: the first entry whose key is the beginning of the command line wins; what nothing matches
 * ends well and prints nothing. Tools in `missing` are not on PATH.
 */
export function recordedToolRunner(
  answers: Readonly<Record<string, Answer>> = {},
  missing: readonly Tool[] = [],
): RecordedToolRunner {
  const commands: Command[] = [];
  return {
    commands,
    get calls() {
      return commands.map(commandLine);
    },
    async run(command, signal) {
      signal?.throwIfAborted();
      commands.push(command);
      if (missing.includes(command.tool)) throw new ToolMissingError(command.tool);
      const line = commandLine(command);
      const [, answer] = Object.entries(answers).find(([start]) => line.startsWith(start)) ?? [];
      const given = typeof answer === 'function' ? answer(command) : (answer ?? '');
      const result = typeof given === 'string' ? { stdout: given } : given;
      return { exitCode: 0, stdout: '', stderr: '', ...result };
    },
  };
}
