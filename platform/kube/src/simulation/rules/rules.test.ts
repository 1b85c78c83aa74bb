import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../cluster-options.ts';
import type { Fields, KubeObject } from '../../model/kube-object.ts';
import { faultOf, faultTable } from '../faults.ts';
import type { Action, View } from '../rule.ts';
import { deploymentRule } from './deployment.ts';
import { podRule } from './pod.ts';
import { shortHash } from './pod-template.ts';
import { planRollout } from './rollout.ts';

const { simulation } = resolveOptions({ name: 'x', dataDir: '/nowhere' });
const NOW = Date.parse('2026-11-20T10:00:00Z');

describe('a rollout', () => {
  const sets = (...list: [spec: number, has: number, available: number][]) =>
    list.map(([replicas, has, availableReplicas], index) =>
      object('ReplicaSet', `s${index}`, { spec: { replicas }, status: { replicas: has, availableReplicas } }),
    );
  const deployment = (replicas: number, strategy: Fields = {}) =>
    object('Deployment', 'd', { spec: { replicas, strategy } });
  const step = (each: KubeObject, list: KubeObject[]) =>
    planRollout(each, list[0], list.slice(1)).scale.map(({ set, replicas }) => [set.metadata.name, replicas]);

  it('begins with as many as the surge allows', () => {
    const old = sets([4, 4, 4]);
    expect(planRollout(deployment(4), undefined, old).initial).toBe(1);
    expect(planRollout(deployment(4), undefined, []).initial).toBe(4);
  });

  it('takes old pods away while enough are available, and only then', () => {
    expect(step(deployment(4), sets([1, 1, 0], [4, 4, 4]))).toEqual([['s1', 3]]);
    expect(step(deployment(4), sets([2, 2, 0], [3, 3, 3]))).toEqual([]);
    expect(step(deployment(4), sets([2, 2, 2], [3, 3, 3]))).toEqual([['s1', 1]]);
  });

  it('never has fewer available than the deployment allows when new pods fail', () => {
    expect(step(deployment(1), sets([1, 1, 0], [1, 1, 1]))).toEqual([]);
  });

  it('recreates: first all old ones go', () => {
    const recreate = deployment(2, { type: 'Recreate' });
    expect(planRollout(recreate, undefined, sets([2, 2, 2])).initial).toBe(0);
    expect(step(recreate, sets([0, 0, 0], [2, 2, 2]))).toEqual([['s1', 0]]);
    expect(step(recreate, sets([0, 0, 0], [0, 0, 0]))).toEqual([['s0', 2]]);
  });
});

describe('a deployment', () => {
  const template = { spec: { containers: [] } };
  const deployment = (status: Fields = {}) =>
    object(
      'Deployment',
      'd',
      { spec: { replicas: 1, template, progressDeadlineSeconds: 600 }, status },
      { generation: 1 },
    );
  const set = (available: number) =>
    object(
      'ReplicaSet',
      'd-x',
      {
        spec: { replicas: 1 },
        status: { replicas: 1, availableReplicas: available, readyReplicas: available },
      },
      {
        labels: { 'pod-template-hash': shortHash(template) },
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      },
    );
  const conditions = (actions: readonly Action[]) => {
    const status = actions.find((each) => each.do === 'status')?.status as {
      conditions: { type: string; status: string; reason: string }[];
    };
    return status.conditions.map(({ type, status, reason }) => [type, status, reason]);
  };

  it('makes a ReplicaSet for a template that has none', () => {
    const [first] = deploymentRule.decide(deployment(), view({})).actions;
    expect(first).toMatchObject({
      do: 'create',
      resource: 'replicasets.apps',
      object: { spec: { replicas: 1 } },
    });
  });

  it('is available when its pods are', () => {
    const { actions, again } = deploymentRule.decide(deployment(), view({ 'replicasets.apps': [set(1)] }));
    expect(conditions(actions)).toEqual([
      ['Available', 'True', 'MinimumReplicasAvailable'],
      ['Progressing', 'True', 'NewReplicaSetAvailable'],
    ]);
    expect(again).toBeUndefined();
  });

  it('waits for progress until the deadline, and then says that there was none', () => {
    const waiting = {
      observedGeneration: 1,
      updatedReplicas: 1,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'ReplicaSetUpdated',
          lastUpdateTime: '2026-11-20T10:00:00Z',
        },
      ],
    };
    const early = deploymentRule.decide(
      deployment(waiting),
      view({ 'replicasets.apps': [set(0)] }, NOW + 1000),
    );
    expect(conditions(early.actions)[1]).toEqual(['Progressing', 'True', 'ReplicaSetUpdated']);
    expect(early.again).toBe(2000);
    const late = deploymentRule.decide(
      deployment(waiting),
      view({ 'replicasets.apps': [set(0)] }, NOW + 3000),
    );
    expect(conditions(late.actions)).toEqual([
      ['Available', 'False', 'MinimumReplicasUnavailable'],
      ['Progressing', 'False', 'ProgressDeadlineExceeded'],
    ]);
  });
});

describe('a pod', () => {
  const pod = (annotations: Record<string, string> = {}, image = 'web:1', kind = 'ReplicaSet') =>
    object(
      'Pod',
      'p',
      { spec: { nodeName: 'n', containers: [{ name: 'c', image }] } },
      { annotations, ownerReferences: [{ apiVersion: 'v1', kind, name: 'o', uid: 'o' }] },
    );
  const after = (each: KubeObject, milliseconds: number) => {
    const { actions, again } = podRule.decide(each, view({}, NOW + milliseconds));
    const status = actions.find((action) => action.do === 'status')?.status as {
      phase: string;
      containerStatuses: { ready: boolean; state: { waiting?: { reason: string } } }[];
    };
    const [container] = status.containerStatuses;
    return { phase: status.phase, ready: container?.ready, reason: container?.state.waiting?.reason, again };
  };

  it('goes to the node with the fewest pods that its selector allows', () => {
    const lone = object('Pod', 'p', { spec: { nodeSelector: { zone: 'a' } } });
    const nodes = [object('Node', 'n1', {}), object('Node', 'n2', {}, { labels: { zone: 'a' } })];
    expect(podRule.decide(lone, view({ nodes })).actions[0]).toMatchObject({
      do: 'update',
      object: { spec: { nodeName: 'n2' } },
    });
    expect(podRule.decide(lone, view({ nodes: [] })).actions[0]).toMatchObject({
      status: { conditions: [{ reason: 'Unschedulable' }] },
    });
  });

  it('is created, then ready', () => {
    expect(after(pod(), 100)).toEqual({
      phase: 'Pending',
      ready: false,
      reason: 'ContainerCreating',
      again: 200,
    });
    expect(after(pod(), 300)).toMatchObject({ phase: 'Running', ready: true });
  });

  it.each([
    ['crash-loop', { phase: 'Running', ready: false, reason: 'CrashLoopBackOff' }],
    ['image-pull', { phase: 'Pending', ready: false, reason: 'ImagePullBackOff' }],
    ['unready', { phase: 'Running', ready: false, reason: undefined }],
    ['slow-start', { phase: 'Pending', ready: false, reason: 'ContainerCreating' }],
  ])('suffers from %s when it is told to', (fault, outcome) => {
    expect(after(pod({ 'sim.drydock.dev/fault': fault }), 400)).toMatchObject(outcome);
  });

  it('of a job ends by itself', () => {
    expect(after(pod({}, 'web:1', 'Job'), 500)).toMatchObject({ phase: 'Succeeded' });
    expect(after(pod({ 'sim.drydock.dev/fault': 'crash-loop' }, 'web:1', 'Job'), 500)).toMatchObject({
      phase: 'Failed',
    });
  });

  it('is gone a moment after it was deleted', () => {
    const ending = object(
      'Pod',
      'p',
      {},
      { deletionTimestamp: new Date(NOW + 30_000).toISOString(), deletionGracePeriodSeconds: 30 },
    );
    expect(podRule.decide(ending, view({}, NOW + 10))).toEqual({ actions: [], again: 40 });
    expect(podRule.decide(ending, view({}, NOW + 50)).actions).toMatchObject([{ do: 'remove' }]);
  });

  it('finds its fault by the image too', () => {
    const table = faultTable({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {},
      data: { any: 'ghcr.io/*/web:2.* crash-loop', other: 'nonsense', more: 'x:1 no-such-fault' },
    });
    expect(faultOf(pod({}, 'ghcr.io/a/web:2.1'), table)).toBe('crash-loop');
    expect(faultOf(pod({}, 'ghcr.io/a/web:3'), table)).toBeUndefined();
    expect(table).toHaveLength(1);
  });
});

function object(kind: string, name: string, more: Fields, metadata: KubeObject['metadata'] = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'default', uid: name, ...metadata },
    ...more,
  };
}

function view(objects: Readonly<Record<string, readonly KubeObject[]>>, now = NOW): View {
  return {
    now,
    options: simulation,
    faults: [],
    get: (resource, _namespace, name) => objects[resource]?.find(({ metadata }) => metadata.name === name),
    list: (resource) => objects[resource] ?? [],
    owned: (_uid, resource) => objects[resource] ?? [],
    bornAt: () => NOW,
    podAddress: () => '10.244.0.2',
  };
}
