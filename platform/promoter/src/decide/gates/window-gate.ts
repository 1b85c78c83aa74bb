import { durationMilliseconds, type GateOf, type Period } from '@drydock/model';
import { Cron } from 'croner';
import type { GateResult } from '../verdict.ts';
import type { GateContext } from './gate-context.ts';

type WindowGate = GateOf<'window'>;

/** How many steps from one period to the next are looked at before the Gate is said to have no next opening. */
const STEPS = 500;

/**
 * Open at the times that are allowed and not denied. Schedules are read in the Gate's time zone, so "8 o'clock" stays 8
 * o'clock when daylight saving begins or ends; how long a period lasts is elapsed time.
 */
export function windowGate(gate: WindowGate, context: GateContext): GateResult {
  const { override, now } = context;
  if (override !== undefined)
    return { type: 'window', phase: 'passed', reason: `overridden by ${override.by}: ${override.reason}` };
  const opensAt = nextOpening(gate, now);
  if (opensAt === now) return { type: 'window', phase: 'passed', reason: 'promotions are allowed now' };
  return { type: 'window', phase: 'pending', reason: `closed at this time (${gate.timeZone})`, opensAt };
}

/** The first moment from a given one on at which the Gate is open; undefined when there is none in sight. */
export function nextOpening(gate: WindowGate, from: number): number | undefined {
  let at: number | undefined = from;
  for (let step = 0; step < STEPS && at !== undefined; step += 1) {
    const moment: number = at;
    const ends = gate.deny
      .map((period) => endOfRunning(period, gate.timeZone, moment))
      .filter((end) => end !== undefined);
    const allowed =
      gate.allow.length === 0 ||
      gate.allow.some((period) => endOfRunning(period, gate.timeZone, moment) !== undefined);
    if (ends.length === 0 && allowed) return moment;
    at = ends.length > 0 ? Math.max(...ends) : earliestStart(gate, moment);
  }
  return undefined;
}

/** When the period that runs at a moment ends; undefined when none runs. */
function endOfRunning({ schedule, for: duration }: Period, timeZone: string, at: number): number | undefined {
  const starts = cron(schedule, timeZone).previousRuns(2, new Date(at + 1_000));
  const start = starts.find((time) => time.getTime() <= at);
  if (start === undefined) return undefined;
  const end = start.getTime() + durationMilliseconds(duration);
  return at < end ? end : undefined;
}

function earliestStart({ allow, timeZone }: WindowGate, after: number): number | undefined {
  const starts = allow.flatMap(
    ({ schedule }) => cron(schedule, timeZone).nextRun(new Date(after))?.getTime() ?? [],
  );
  return starts.length === 0 ? undefined : Math.min(...starts);
}

function cron(schedule: string, timezone: string): Cron {
  return new Cron(schedule, { timezone });
}
