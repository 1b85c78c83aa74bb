import type { Snapshot } from '../snapshot.ts';
import type { StateChange } from '../state/state-store.ts';
import type { ApiContext } from './route.ts';

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
  return subject;
}
