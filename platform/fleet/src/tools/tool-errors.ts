import { DrydockError } from '@drydock/model';
import type { Command, CommandResult, Tool } from './command.ts';
import { commandLine } from './command-line.ts';

/** A tool that is not on PATH. */
export class ToolMissingError extends DrydockError {
  override readonly name = 'ToolMissingError';
  readonly tool: Tool;

  constructor(tool: Tool, options?: ErrorOptions) {
    super(`${tool} is not on PATH; "drydock doctor" names the version to install`, options);
    this.tool = tool;
  }
}

/** A tool that ended with something else than what was expected. */
export class ToolFailedError extends DrydockError {
  override readonly name = 'ToolFailedError';
  override readonly retryable = true;
  readonly result: CommandResult;

  constructor(command: Command, result: CommandResult) {
    super(`"${commandLine(command)}" ended with exit code ${result.exitCode}: ${lastWords(result)}`);
    this.result = result;
  }
}

const LINES = 4;

/** The end of what a tool said: the place where most of them say why. */
function lastWords({ stderr, stdout }: CommandResult): string {
  const text = stderr.trim() === '' ? stdout : stderr;
  const words = text.trim().split('\n').slice(-LINES).join(' / ');
  return words === '' ? 'it said nothing' : words;
}
