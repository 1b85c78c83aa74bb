import type { Action, Reason } from './decide/verdict.ts';
import type { Cause } from './environments/record.ts';

interface Common {
  /** ISO 8601. */
  readonly at: string;
}

/** Something that happened, as `drydock events` shows it. */
export type PromoterEvent = Common &
  (
    | {
        readonly type: 'hydrated';
        readonly revision: string;
        readonly units: readonly string[];
        readonly milliseconds: number;
      }
    | { readonly type: 'hydration-failed'; readonly revision: string; readonly message: string }
    | {
        readonly type: 'promoted';
        readonly promotion: string;
        readonly unit: string;
        readonly environment: string;
        readonly release: string;
        readonly clusters: readonly string[];
        readonly cause: Cause;
        readonly commit: string;
      }
    | {
        readonly type: 'verdict';
        readonly unit: string;
        readonly environment: string;
        readonly action: Action;
        readonly reasons: readonly Reason[];
      }
    | { readonly type: 'state'; readonly subject: string; readonly by: string }
  );

/** An event before it has a time. */
export type NewEvent = PromoterEvent extends infer Event
  ? Event extends PromoterEvent
    ? Omit<Event, 'at'>
    : never
  : never;
