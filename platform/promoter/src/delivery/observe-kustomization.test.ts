import { describe, expect, it } from 'vitest';
import { observeKustomization } from './observe-kustomization.ts';

const COMMIT = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const AT = '2026-06-15T12:00:00Z';

function kustomization(ready: object | undefined, fields: object = {}) {
  return {
    metadata: {
      name: 'app',
      generation: 2,
      labels: { 'drydock.dev/unit': 'app', 'drydock.dev/cluster': 'dev' },
    },
    status: {
      observedGeneration: 2,
      lastAppliedRevision: `env/dev@sha1:${COMMIT}`,
      lastAttemptedRevision: `env/dev@sha1:${OTHER}`,
      conditions: ready === undefined ? [] : [{ type: 'Ready', lastTransitionTime: AT, ...ready }],
      ...fields,
    },
  };
}

describe('what a Kustomization says of a unit', () => {
  it.each([
    ['ready', { status: 'True' }, { revision: COMMIT, synced: true, health: 'Healthy', message: undefined }],
    [
      'reconciling',
      { status: 'Unknown', reason: 'Progressing', message: 'm' },
      { revision: OTHER, synced: false, health: 'Progressing', message: 'm' },
    ],
    [
      'waiting for another',
      { status: 'False', reason: 'DependencyNotReady', message: 'm' },
      { synced: false, health: 'Progressing' },
    ],
    [
      'unhealthy',
      { status: 'False', reason: 'HealthCheckFailed', message: 'm' },
      { revision: OTHER, synced: false, health: 'Degraded', message: 'm' },
    ],
    ['silent', undefined, { synced: false, health: 'Unknown', since: undefined }],
  ])('when it is %s', (_, ready, observation) => {
    expect(observeKustomization(kustomization(ready))).toMatchObject({
      unit: 'app',
      cluster: 'dev',
      observation,
    });
  });

  it('is not yet synced while a newer generation was not looked at', () => {
    const stale = kustomization({ status: 'True' }, { observedGeneration: 1 });
    expect(observeKustomization(stale)?.observation.synced).toBe(false);
  });

  it.each([
    [
      'one of several of the unit',
      { name: 'app-before', labels: { 'drydock.dev/unit': 'app', 'drydock.dev/cluster': 'dev' } },
    ],
    ['not of a unit', { name: 'root', labels: {} }],
  ])('is nothing where it is %s', (_, metadata) => {
    expect(observeKustomization({ ...kustomization({ status: 'True' }), metadata })).toBeUndefined();
  });
});
