/** One step that was seen to happen. */
export interface TimelineStep {
  readonly step: string;
  /** What was seen, in a few words. */
  readonly seen: string;
  readonly milliseconds: number;
}

/** Runs steps one after the other and keeps how long each took. */
export class Timeline {
  readonly steps: TimelineStep[] = [];
  readonly #shown: (step: TimelineStep) => void;

  constructor(shown: (step: TimelineStep) => void) {
    this.#shown = shown;
  }

  /** @param work returns what was seen; throws when it was not */
  async step(step: string, work: () => Promise<string>): Promise<void> {
    const started = performance.now();
    const seen = await work();
    const done = { step, seen, milliseconds: Math.round(performance.now() - started) };
    this.steps.push(done);
    this.#shown(done);
  }
}
