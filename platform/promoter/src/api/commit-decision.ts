import type { Snapshot } from '../snapshot.ts';
import type { StateChange } from '../state/state-store.ts';
import type { ApiContext } from './route.ts';

/** How the subjects of decisions begin, and how they are told once they are done. */
const DONE: Readonly<Record<string, string>> = {
  approve: 'approved',
  check: 'recorded check',
  freeze: 'froze',
  hold: 'held',
  override: 'overrode',
  release: 'released',
  request: 'requested',
  'roll back': 'rolled back',
  set: 'made set',
  thaw: 'thawed',
  withdraw: 'withdrew',
};

/** A subject in the past tense, for the person who decided. */
function told(subject: string): string {
  const verb = Object.keys(DONE).find((candidate) => subject.startsWith(`${candidate} `));
  return verb === undefined ? subject : (DONE[verb] ?? verb) + subject.slice(verb.length);
}

/** Records a decision against the state as it is when it is written, then lets the promoter look. */
export async function commit(
  { promoter, clock }: ApiContext,
  snapshot: Snapshot,
  change: (at: string, current: Snapshot) => StateChange,
): Promise<string> {
  const now = clock.now();
  let subject = '';
  let by = '';
  await promoter.state.update((state) => {
    const decided = change(new Date(now).toISOString(), { ...snapshot, state, now });
    ({ subject, by } = decided);
    return decided;
  }, now);
  promoter.events.add({ type: 'state', subject, by }, now);
  promoter.notify();
  return told(subject);
}
