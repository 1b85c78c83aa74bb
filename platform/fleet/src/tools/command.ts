/** Programs of other people that are called, found on PATH. */
export const TOOLS = ['docker', 'git', 'helm', 'kind', 'kubectl', 'node'] as const;
export type Tool = (typeof TOOLS)[number];

/** One call of a tool. */
export interface Command {
  readonly tool: Tool;
  readonly args: readonly string[];
  readonly stdin?: string | undefined;
  /** Milliseconds after which it is killed. */
  readonly timeLimit: number;
  /** What it prints is a credential and goes to no log. @default false */
  readonly secret?: boolean | undefined;
}

/** What a call ended with. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls tools. Implementations: real processes, and a recording for tests. */
export interface ToolRunner {
  /**
   * Runs a command to its end.
   *
   * @throws ToolMissingError when the tool is not on PATH
   * @throws UnavailableError when the time limit is over, or the signal came
   */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>;
}

/** Milliseconds for a call that only asks. */
export const QUICK = 20_000;

/** A call that only asks and is expected back at once. */
export function quick(tool: Tool, ...args: readonly string[]): Command {
  return { tool, args, timeLimit: QUICK };
}
