import type { Verdict } from './decide/verdict.ts';

/** Tells which verdicts say something else than the last time. */
export class VerdictChanges {
  #last = new Map<string, string>();

  of(verdicts: readonly Verdict[]): readonly Verdict[] {
    const before = this.#last;
    const now = new Map(
      verdicts.map((verdict) => [`${verdict.environment}/${verdict.unit}`, fingerprint(verdict)]),
    );
    this.#last = now;
    return verdicts.filter(({ environment, unit }) => {
      const key = `${environment}/${unit}`;
      return before.get(key) !== now.get(key);
    });
  }
}

function fingerprint({ action, candidate, reasons }: Verdict): string {
  return JSON.stringify([action, candidate?.id, reasons]);
}
