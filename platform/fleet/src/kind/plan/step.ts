import type { JsonObject } from '@drydock/model';
import type { Command } from '../../tools/command.ts';

/** What is looked for in the answer of a command that only asks. */
export interface Check {
  readonly command: Command;
  /** Holds when the command ends badly. @default false */
  readonly fails?: boolean | undefined;
  /** What its standard output must match. @default ending with exit code 0 is enough */
  readonly stdout?: RegExp | undefined;
}

/** A value that one command prints and later ones need, as `%{name}` in arguments and manifests. */
export interface Capture {
  readonly name: string;
  /** What the value must match as a whole, so that nothing unexpected gets into a later command. */
  readonly pattern: RegExp;
  /** How the printed text is turned into the value. @default it is trimmed */
  readonly read?: ((stdout: string) => string) | undefined;
  /** Never shown. @default false */
  readonly secret?: boolean | undefined;
}

/** A command of a step. */
export interface Call extends Omit<Command, 'stdin'> {
  /** Text for standard input. */
  readonly stdin?: string | undefined;
  /** Objects for standard input, as YAML documents. */
  readonly manifests?: readonly JsonObject[] | undefined;
  readonly capture?: Capture | undefined;
  /** Run only when this holds. @default always */
  readonly when?: Check | undefined;
  /** Milliseconds during which it is tried again when it ends badly. @default it is run once */
  readonly retryFor?: number | undefined;
}

/** One thing to do. Doing it twice is the same as doing it once. */
export interface Step {
  /** `<phase>/<cluster>` and what else tells it from others. */
  readonly id: string;
  readonly title: string;
  /** Ids of steps that must have ended; those that are not in the plan do not count. */
  readonly needs: readonly string[];
  /** When it holds, the step is done already. @default it is always run */
  readonly unless?: Check | undefined;
  readonly calls: readonly Call[];
}

/** Steps that belong together. */
export interface Phase {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Milliseconds. */
export const MINUTE = 60_000;
