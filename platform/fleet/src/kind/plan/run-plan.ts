import { UnavailableError } from '@drydock/model';
import type { FleetProgress } from '../../provider.ts';
import type { ToolRunner } from '../../tools/command.ts';
import { runStep } from './run-step.ts';
import type { Phase, Step } from './step.ts';

export interface RunPlanOptions {
  readonly tools: ToolRunner;
  /** How many steps run at once. */
  readonly parallel: number;
  /** Values that are known from the start. */
  readonly values: ReadonlyMap<string, string>;
  readonly progress: (event: FleetProgress) => void;
  /** Called after a step has ended, before those that need it begin. */
  readonly finished: (step: Step) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  readonly clock: PlanClock;
}

/** Time, for measuring and for waiting between tries. */
export interface PlanClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Runs the steps of a plan, each as soon as those that it needs have ended. After a failure nothing new begins, and what
 * runs is waited for, so that the same plan made anew goes on from there.
 *
 * @throws the first error of a step, or UnavailableError when the signal came
 */
export async function runPlan(phases: readonly Phase[], options: RunPlanOptions): Promise<void> {
  await new PlanRun(phases, options).run();
}

class PlanRun {
  readonly #phases: readonly Phase[];
  readonly #options: RunPlanOptions;
  readonly #values: Map<string, string>;
  readonly #waiting: Set<Step>;
  readonly #open: Set<string>;
  readonly #running = new Set<Promise<void>>();
  readonly #began = new Map<Phase, number>();
  readonly #errors: unknown[] = [];

  constructor(phases: readonly Phase[], options: RunPlanOptions) {
    this.#phases = phases;
    this.#options = options;
    this.#values = new Map(options.values);
    this.#waiting = new Set(phases.flatMap(({ steps }) => steps));
    this.#open = new Set([...this.#waiting].map(({ id }) => id));
  }

  async run(): Promise<void> {
    for (;;) {
      this.#beginReady();
      if (this.#running.size === 0) break;
      await Promise.race(this.#running);
    }
    if (this.#options.signal?.aborted) {
      throw new UnavailableError('interrupted; the same command goes on from here');
    }
    if (this.#errors.length > 0) throw this.#errors[0];
    if (this.#waiting.size > 0) {
      const ids = [...this.#waiting].map(({ id }) => id).join(', ');
      throw new Error(`steps of the plan wait for each other: ${ids}`);
    }
  }

  #beginReady(): void {
    for (const step of this.#waiting) {
      if (this.#stopped() || this.#running.size >= this.#options.parallel) return;
      if (step.needs.some((id) => this.#open.has(id))) continue;
      this.#waiting.delete(step);
      const run: Promise<void> = this.#runStep(step).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  #stopped(): boolean {
    return this.#errors.length > 0 || this.#options.signal?.aborted === true;
  }

  async #runStep(step: Step): Promise<void> {
    const { clock, progress, finished } = this.#options;
    const phase = this.#phaseOf(step);
    const began = clock.now();
    if (!this.#began.has(phase)) this.#began.set(phase, began);
    progress({ type: 'started', step: step.id, title: step.title });
    try {
      const did = await runStep(step, { ...this.#options, values: this.#values });
      await finished(step);
      this.#open.delete(step.id);
      if (did)
        progress({ type: 'done', step: step.id, title: step.title, milliseconds: clock.now() - began });
      else progress({ type: 'skipped', step: step.id, title: step.title });
      this.#closePhase(phase);
    } catch (error) {
      this.#errors.push(error);
      const message = error instanceof Error ? error.message : String(error);
      progress({ type: 'failed', step: step.id, title: step.title, message });
    }
  }

  #closePhase(phase: Phase): void {
    if (phase.steps.some(({ id }) => this.#open.has(id))) return;
    const { clock, progress } = this.#options;
    const milliseconds = clock.now() - (this.#began.get(phase) ?? clock.now());
    progress({ type: 'phase', phase: phase.id, title: phase.title, milliseconds });
  }

  #phaseOf(step: Step): Phase {
    const phase = this.#phases.find(({ steps }) => steps.includes(step));
    if (phase === undefined) throw new TypeError(`no phase has the step ${step.id}`);
    return phase;
  }
}
