import { UnavailableError } from '@drydock/model';
import type { Command, CommandResult, ToolRunner } from '../../tools/command.ts';
import { commandLine } from '../../tools/command-line.ts';
import { ToolFailedError } from '../../tools/tool-errors.ts';
import { renderCall } from './render-call.ts';
import type { PlanClock } from './run-plan.ts';
import type { Call, Capture, Check, Step } from './step.ts';

export interface RunStepOptions {
  readonly tools: ToolRunner;
  /** Values so far; captured ones are added. */
  readonly values: Map<string, string>;
  readonly signal?: AbortSignal | undefined;
  readonly clock: PlanClock;
}

/** Milliseconds between tries. */
const PAUSE = 2_000;

/**
 * Does one step, unless it is done already.
 *
 * @returns whether it had to be done
 * @throws ToolFailedError when a command ends badly, UnavailableError when it prints something unexpected
 */
export async function runStep(step: Step, options: RunStepOptions): Promise<boolean> {
  if (step.unless !== undefined && (await checkHolds(step.unless, options))) return false;
  for (const call of step.calls) {
    if (call.when !== undefined && !(await checkHolds(call.when, options))) continue;
    const command = renderCall(call, options.values);
    const result = await runUntil(command, call, options);
    if (call.capture !== undefined)
      options.values.set(call.capture.name, read(call.capture, command, result));
  }
  return true;
}

async function checkHolds(
  { command, fails, stdout }: Check,
  { tools, signal }: RunStepOptions,
): Promise<boolean> {
  const result = await tools.run(command, signal);
  if (fails === true) return result.exitCode !== 0;
  return result.exitCode === 0 && (stdout === undefined || stdout.test(result.stdout));
}

/** Runs a command, again and again while its call allows it and it ends badly or prints nothing it should. */
async function runUntil(command: Command, call: Call, options: RunStepOptions): Promise<CommandResult> {
  const { tools, signal, clock } = options;
  const deadline = clock.now() + (call.retryFor ?? 0);
  for (;;) {
    const result = await tools.run(command, signal);
    const usable = call.capture === undefined || matches(call.capture, result);
    if (result.exitCode === 0 && usable) return result;
    if (clock.now() >= deadline) {
      if (result.exitCode !== 0) throw new ToolFailedError(command, result);
      return result;
    }
    await clock.sleep(PAUSE);
  }
}

function matches(capture: Capture, { stdout }: CommandResult): boolean {
  return capture.pattern.test(printedValue(capture, stdout));
}

function read(capture: Capture, command: Command, { stdout }: CommandResult): string {
  const value = printedValue(capture, stdout);
  if (capture.pattern.test(value)) return value;
  const printed = capture.secret === true ? 'something else' : JSON.stringify(stdout.slice(0, 200));
  throw new UnavailableError(`"${commandLine(command)}": expected ${capture.name}, got ${printed}`);
}

function printedValue({ read: convert }: Capture, stdout: string): string {
  return convert === undefined ? stdout.trim() : convert(stdout);
}
