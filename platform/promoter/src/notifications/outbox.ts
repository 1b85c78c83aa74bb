import { z } from 'zod';
import type { Notice, Outcome } from './notice.ts';
import type { PromotedCommit } from './promotions-since.ts';

/** How far one target has been told. */
export const toldSchema = z.object({
  /** Environment → the commit of its branch up to which everything was sent. */
  cursors: z.record(z.string(), z.string()),
  /** Ids of standing notices that were sent and still hold. */
  standing: z.array(z.string()),
});
export type Told = z.infer<typeof toldSchema>;

/** What there is to tell now. */
export interface Present {
  /** Environment → head of its branch. */
  readonly heads: ReadonlyMap<string, string>;
  /** Environment → its commits after the cursor, the oldest first; undefined where the cursor is not in its history. */
  readonly promoted: ReadonlyMap<string, readonly PromotedCommit[] | undefined>;
  readonly standing: readonly Notice[];
}

/** Standing notices that are recorded together. */
const TOGETHER = 20;

/** One thing to do, in order: notices to send, then what has been told when all of them have arrived. */
export interface Delivery {
  readonly notices: readonly Notice[];
  readonly told: Told;
}

/**
 * Decides what to send to a target. Each delivery can be recorded as soon as it has arrived, so that whoever is stopped
 * in between repeats one delivery and loses none. A target that was never told anything does not get the past.
 */
export function nextDeliveries(
  before: Told | undefined,
  { heads, promoted, standing }: Present,
  wants: (outcome: Outcome) => boolean,
): readonly Delivery[] {
  const valid = new Set(standing.map(({ id }) => id));
  let told: Told = {
    cursors: before?.cursors ?? Object.fromEntries(heads),
    standing: (before?.standing ?? []).filter((id) => valid.has(id)),
  };
  const deliveries: Delivery[] = [];
  const add = (notices: readonly Notice[], change: Partial<Told>) => {
    told = { ...told, ...change };
    deliveries.push({ notices: notices.filter(({ outcome }) => wants(outcome)), told });
  };
  if (!sameTold(before, told)) add([], {});
  for (const [environment, head] of heads) {
    const commits = promoted.get(environment);
    const known = told.cursors[environment];
    if (known === head) continue;
    if (commits === undefined) add([], { cursors: { ...told.cursors, [environment]: head } });
    for (const { commit, notices } of commits ?? [])
      add(notices, { cursors: { ...told.cursors, [environment]: commit } });
  }
  const untold = standing.filter(({ id }) => !told.standing.includes(id));
  for (let from = 0; from < untold.length; from += TOGETHER) {
    const notices = untold.slice(from, from + TOGETHER);
    add(notices, { standing: [...told.standing, ...notices.map(({ id }) => id)] });
  }
  return merged(deliveries);
}

/** Deliveries without notices are told with the one before or after them. */
function merged(deliveries: readonly Delivery[]): readonly Delivery[] {
  const last = deliveries.at(-1);
  const sending = deliveries.filter(({ notices }) => notices.length > 0);
  if (last === undefined || last.notices.length > 0) return sending;
  return [...sending, last];
}

function sameTold(a: Told | undefined, b: Told): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
