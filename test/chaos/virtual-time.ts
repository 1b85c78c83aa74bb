import type { Clock, Timer } from '../../platform/promoter/src/ports.ts';

interface Alarm {
  readonly owner: object;
  readonly at: number;
  readonly fire: () => void;
}

/** Time that passes only when it is told to. The clock on the wall may jump; timers do not care. */
export class VirtualTime {
  #elapsed = 0;
  #wall: number;
  #alarms: Alarm[] = [];

  constructor(start: number) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall;
  }

  /** Lets time pass; timers that are due fire in their order. */
  pass(milliseconds: number): void {
    const until = this.#elapsed + milliseconds;
    for (let due = this.#next(until); due !== undefined; due = this.#next(until)) {
      this.#moveTo(Math.max(due.at, this.#elapsed));
      this.#alarms = this.#alarms.filter((alarm) => alarm !== due);
      due.fire();
    }
    this.#moveTo(until);
  }

  /** Sets the clock on the wall. */
  jump(milliseconds: number): void {
    this.#wall += milliseconds;
  }

  /** Milliseconds until the next timer fires. */
  untilNextAlarm(): number | undefined {
    const next = this.#next(Number.POSITIVE_INFINITY);
    return next === undefined ? undefined : Math.max(next.at - this.#elapsed, 0);
  }

  /** The clock and the timers of one process; `read` is told every time that was read. */
  forProcess(owner: object, read: (time: number) => void): { readonly clock: Clock; readonly timer: Timer } {
    const now = () => {
      read(this.#wall);
      return this.#wall;
    };
    const start = (milliseconds: number, fire: () => void) => {
      const alarm = { owner, at: this.#elapsed + milliseconds, fire };
      this.#alarms.push(alarm);
      return () => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
      };
    };
    return { clock: { now }, timer: { start } };
  }

  /** The timers of a killed process never fire. */
  kill(owner: object): void {
    this.#alarms = this.#alarms.filter((alarm) => alarm.owner !== owner);
  }

  #next(until: number): Alarm | undefined {
    const due = this.#alarms.filter(({ at }) => at <= until);
    return due.toSorted((a, b) => a.at - b.at)[0];
  }

  #moveTo(elapsed: number): void {
    this.#wall += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }
}
