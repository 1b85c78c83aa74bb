/** What the promoter needs to stand alone: an entry of its own, since an embedded fleet does without. */
export * from '../lease/leadership.ts';
export * from '../lease/lease.ts';
export * from '../lease/lease-client.ts';
