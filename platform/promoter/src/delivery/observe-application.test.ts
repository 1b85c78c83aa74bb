import { describe, expect, it } from 'vitest';
import { observeApplication } from './observe-application.ts';

const REVISION = 'a'.repeat(40);
const labels = { 'drydock.dev/unit': 'podinfo', 'drydock.dev/cluster': 'eu' };
const synced = { status: 'Synced', revision: REVISION };
const healthy = { status: 'Healthy', lastTransitionTime: '2026-01-05T12:00:00Z' };
const succeeded = { phase: 'Succeeded', finishedAt: '2026-01-05T12:01:00Z' };
const observe = (status: unknown) => observeApplication({ metadata: { labels }, status })?.observation;

describe('observeApplication', () => {
  it('reads the unit, the cluster and their health', () => {
    const object = {
      metadata: { labels },
      status: { sync: synced, health: healthy, operationState: succeeded },
    };
    expect(observeApplication(object)).toEqual({
      unit: 'podinfo',
      cluster: 'eu',
      observation: {
        revision: REVISION,
        synced: true,
        health: 'Healthy',
        message: undefined,
        since: Date.parse('2026-01-05T12:01:00Z'),
      },
    });
  });

  const closed: readonly (readonly [string, unknown, object])[] = [
    ['has no status yet', undefined, { synced: false, health: 'Unknown', revision: undefined }],
    ['has an empty status', {}, { synced: false, health: 'Unknown' }],
    ['is out of sync', { sync: { ...synced, status: 'OutOfSync' }, health: healthy }, { synced: false }],
    [
      'is syncing',
      { sync: synced, health: healthy, operationState: { phase: 'Running' } },
      { synced: false },
    ],
    [
      'failed to sync',
      { sync: synced, operationState: { phase: 'Failed', message: 'no' } },
      { synced: false, message: 'no' },
    ],
    [
      'speaks of a branch and no commit',
      { sync: { ...synced, revision: 'env/prod' } },
      { revision: undefined },
    ],
    ['speaks of a chart version', { sync: { status: 'Synced', revision: '1.2.3' } }, { revision: undefined }],
    [
      'has a health that nobody knows',
      { sync: synced, health: { status: 'Splendid' } },
      { health: 'Unknown' },
    ],
    [
      'has a time that is none',
      { sync: synced, health: { ...healthy, lastTransitionTime: 'soon' } },
      { since: undefined },
    ],
  ];
  it.each(closed)('takes for not healthy what %s', (_title, status, expected) => {
    expect(observe(status)).toMatchObject(expected);
  });

  it('takes the commit of the source that follows the environment branch, and no other', () => {
    const foreign = 'f'.repeat(40);
    const sources = [{ targetRevision: '1.2.3' }, { targetRevision: 'v2' }, { targetRevision: 'env/prod' }];
    const status = { sync: { status: 'Synced', revisions: ['1.2.3', foreign, REVISION] }, health: healthy };
    const revisionOf = (spec: object) =>
      observeApplication({ metadata: { labels }, spec, status })?.observation.revision;
    expect(revisionOf({ sources })).toBe(REVISION);
    expect(revisionOf({ sources: sources.slice(0, 2) })).toBeUndefined();
  });

  it('names the resource that is degraded before those that only wait', () => {
    const resource = (name: string, status: string) => ({ kind: 'Deployment', name, health: { status } });
    const resources = [resource('slow', 'Progressing'), resource('broken', 'Degraded')];
    expect(observe({ sync: synced, health: { status: 'Degraded' }, resources })?.message).toBe(
      'Deployment broken: Degraded',
    );
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { metadata: {} },
    { metadata: { labels: { 'drydock.dev/unit': 'x' } } },
  ])('passes over what is no application of a unit: %j', (object) => {
    expect(observeApplication(object)).toBeUndefined();
  });
});
