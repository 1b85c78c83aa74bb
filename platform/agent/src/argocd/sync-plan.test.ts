import { describe, expect, it } from 'vitest';
import { type KubeObject, refOf } from '../cluster/kube-object.ts';
import type { HealthCode } from '../health/health-status.ts';
import type { ResourceResult, SyncPhase } from './application.ts';
import { groupSteps } from './sync-order.ts';
import { nextSyncStep, type SyncTask } from './sync-plan.ts';

interface TaskOptions {
  readonly wave?: number;
  readonly phase?: SyncPhase;
  readonly hook?: boolean;
  readonly prune?: boolean;
}

function task(kind: string, name: string, options: TaskOptions = {}): SyncTask {
  const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name } };
  return { ref: refOf(object), object, wave: 0, phase: 'Sync', hook: false, prune: false, ...options };
}

function result({ ref, phase }: SyncTask, outcome: Partial<ResourceResult> = {}): ResourceResult {
  return { ...ref, syncPhase: phase, status: 'Synced', ...outcome };
}

const names = (steps: readonly (readonly SyncTask[])[]) =>
  steps.map((step) => step.map((t) => t.object.metadata.name));
const healths = (known: Readonly<Record<string, HealthCode>>) => (t: SyncTask) => {
  const status = known[t.object.metadata.name];
  return status === undefined ? undefined : { status };
};

describe('groupSteps', () => {
  it('orders by phase, wave, kind and name', () => {
    const tasks = [
      task('Deployment', 'web'),
      task('Service', 'web-service'),
      task('Namespace', 'shop'),
      task('Widget', 'custom'),
      task('Job', 'smoke', { phase: 'PostSync', hook: true }),
      task('Job', 'migrate', { phase: 'PreSync', hook: true }),
      task('ConfigMap', 'early', { wave: -1 }),
      task('Deployment', 'late', { wave: 2 }),
    ];
    expect(names(groupSteps(tasks))).toEqual([
      ['migrate'],
      ['early'],
      ['shop', 'web-service', 'web', 'custom'],
      ['late'],
      ['smoke'],
    ]);
  });

  it('prunes before it applies, dependents first', () => {
    const tasks = [
      task('Deployment', 'new'),
      task('Namespace', 'old-namespace', { prune: true }),
      task('Deployment', 'old', { prune: true }),
    ];
    expect(names(groupSteps(tasks))).toEqual([['old', 'old-namespace', 'new']]);
  });

  it('ends a step after definitions, so that they are established before their objects come', () => {
    const tasks = [
      task('Widget', 'w'),
      task('CustomResourceDefinition', 'widgets'),
      task('ServiceAccount', 'sa'),
    ];
    expect(names(groupSteps(tasks))).toEqual([['sa', 'widgets'], ['w']]);
  });
});

describe('nextSyncStep', () => {
  const [first, second] = [task('Deployment', 'first'), task('Deployment', 'second', { wave: 1 })];

  it('applies the first step, and does not wait for health when it is the only one', () => {
    const progress = { results: [], healthOf: healths({ first: 'Progressing' }) };
    expect(nextSyncStep([first], progress)).toEqual({ kind: 'apply', tasks: [first] });
    expect(nextSyncStep([first], { ...progress, results: [result(first)] })).toEqual({ kind: 'done' });
  });

  it.each([
    { health: 'Progressing', expected: 'wait' },
    { health: 'Missing', expected: 'wait' },
    { health: 'Unknown', expected: 'wait' },
    { health: 'Healthy', expected: 'apply' },
    { health: 'Degraded', expected: 'failed' },
  ] as const)('before the next wave, $health leads to $expected', ({ health, expected }) => {
    const progress = { results: [result(first)], healthOf: healths({ first: health }) };
    expect(nextSyncStep([first, second], progress).kind).toBe(expected);
  });

  it('goes on after kinds that have no health', () => {
    const progress = { results: [result(first)], healthOf: healths({}) };
    expect(nextSyncStep([first, second], progress)).toEqual({ kind: 'apply', tasks: [second] });
  });

  it('stops at a refusal and repeats what the API server said', () => {
    const refused = result(first, { status: 'SyncFailed', message: 'no' });
    expect(nextSyncStep([first, second], { results: [refused], healthOf: healths({}) })).toEqual({
      kind: 'failed',
      message: 'one or more objects failed to apply, reason: no',
    });
  });

  it('runs SyncFail hooks before it gives up', () => {
    const clean = task('Job', 'clean', { phase: 'SyncFail', hook: true });
    const refused = result(first, { status: 'SyncFailed' });
    const healthOf = healths({ clean: 'Progressing' });
    expect(nextSyncStep([first, clean], { results: [refused], healthOf })).toEqual({
      kind: 'apply',
      tasks: [clean],
    });
    const begun = [refused, result(clean, { hookPhase: 'Running' })];
    expect(nextSyncStep([first, clean], { results: begun, healthOf }).kind).toBe('wait');
    const ended = [refused, result(clean, { hookPhase: 'Succeeded' })];
    expect(nextSyncStep([first, clean], { results: ended, healthOf }).kind).toBe('failed');
  });

  it('waits for a hook even in a sync of one step', () => {
    const hook = task('Job', 'smoke', { hook: true });
    const progress = {
      results: [result(hook, { hookPhase: 'Running' })],
      healthOf: healths({ smoke: 'Progressing' }),
    };
    expect(nextSyncStep([hook], progress)).toEqual({
      kind: 'wait',
      message: 'waiting for completion of hook /Job/smoke',
    });
  });
});
