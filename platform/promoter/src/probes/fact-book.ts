import { durationMilliseconds } from '@drydock/model';
import type { DecisionInput } from '../decide/decision-input.ts';
import { factKey, type GateFact } from '../decide/gates/gate-fact.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { Clock, Logger } from '../ports.ts';
import type { Probe, ProbedGate, ProbeSubject } from './probe.ts';

interface Entry {
  readonly fact: GateFact | undefined;
  /** When it is to be looked at again; milliseconds since the epoch. */
  readonly dueAt: number;
}

interface Question {
  readonly key: string;
  readonly gate: ProbedGate;
  readonly subject: ProbeSubject;
}

export interface FactBookOptions {
  readonly probe: Probe;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when a fact is new or says something else. */
  readonly changed: () => void;
}

/** Keeps what was found out about Gates, and finds out what decisions wait for. Nothing here outlives a restart. */
export class FactBook {
  readonly #options: FactBookOptions;
  #entries = new Map<string, Entry>();

  constructor(options: FactBookOptions) {
    this.#options = options;
  }

  /** What is known, for {@link DecisionInput.facts}. */
  facts(): ReadonlyMap<string, GateFact> {
    return new Map(
      [...this.#entries].flatMap(([key, { fact }]) => (fact === undefined ? [] : [[key, fact] as const])),
    );
  }

  /**
   * Looks at what the verdicts wait for and is not known, or not known well enough any more. Facts that nothing waits
   * for are forgotten. Returns at once.
   *
   * @returns when the next fact is to be looked at again
   */
  refresh(input: Pick<DecisionInput, 'environments'>, verdicts: readonly Verdict[]): number | undefined {
    const questions = verdicts.flatMap((verdict) => questionsOf(input, verdict));
    const wanted = new Set(questions.map(({ key }) => key));
    this.#entries = new Map([...this.#entries].filter(([key]) => wanted.has(key)));
    const now = this.#options.clock.now();
    for (const question of questions) {
      if ((this.#entries.get(question.key)?.dueAt ?? 0) <= now) void this.#look(question);
    }
    const due = [...this.#entries.values()].map(({ dueAt }) => dueAt).filter(Number.isFinite);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  async #look({ key, gate, subject }: Question): Promise<void> {
    const { probe, clock, logger, changed } = this.#options;
    const before = this.#entries.get(key)?.fact;
    this.#entries.set(key, { fact: before, dueAt: Number.POSITIVE_INFINITY });
    const fact = await probe.look(gate, subject).catch((error: unknown): GateFact => {
      logger.error('a gate could not be looked at', { gate: gate.name, error: String(error) });
      return { phase: 'pending', reason: 'could not be looked at, see the log of the promoter' };
    });
    if (!this.#entries.has(key)) return;
    this.#entries.set(key, { fact, dueAt: clock.now() + intervalOf(gate) });
    if (fact.phase !== before?.phase || fact.reason !== before.reason) changed();
  }
}

/** A Release never changes, so a policy is judged once. */
function intervalOf(gate: ProbedGate): number {
  return gate.type === 'policy' ? Number.POSITIVE_INFINITY : durationMilliseconds(gate.interval);
}

function questionsOf(
  { environments }: Pick<DecisionInput, 'environments'>,
  verdict: Verdict,
): readonly Question[] {
  const { candidate: release, environment, action, cause } = verdict;
  const gates = environments.find(({ name }) => name === environment)?.gates ?? [];
  if (release === undefined || cause === 'rollback' || (action !== 'wait' && action !== 'blocked')) return [];
  return gates.flatMap((gate) => {
    if (gate.type !== 'policy' && gate.type !== 'check' && gate.type !== 'metric') return [];
    if (gate.type === 'check' && gate.url === undefined) return [];
    return [{ key: factKey(gate, environment, release.id), gate, subject: { environment, release } }];
  });
}
