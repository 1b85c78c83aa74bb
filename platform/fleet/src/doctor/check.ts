import type { DoctorContext } from './doctor-context.ts';
import type { Finding } from './finding.ts';

/** Which kind of fleet a check is for; without one it is for every fleet. */
export type Target = 'embedded' | 'kind';

/** One thing that the doctor looks at. */
export interface Check {
  readonly name: string;
  /** What is looked at, as a noun. */
  readonly title: string;
  /** The codes it can find. */
  readonly codes: readonly string[];
  /** @default every target */
  readonly target?: Target | undefined;
  /** Whether it needs a fleet that runs; left out before there is one. @default false */
  readonly live?: boolean | undefined;
  /** @throws SkippedError when it cannot be looked at here */
  run(context: DoctorContext): Promise<readonly Finding[]>;
}

/** A check cannot be made here; says why. */
export class SkippedError extends Error {
  override readonly name = 'SkippedError';
}
