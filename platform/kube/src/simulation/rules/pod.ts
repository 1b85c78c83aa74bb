import { timestamp } from '../../api/write-context.ts';
import {
  at,
  type Fields,
  fieldsAt,
  isFields,
  type KubeObject,
  listAt,
  stringAt,
} from '../../model/kube-object.ts';
import { conditionAt } from '../conditions.ts';
import { type Fault, faultOf } from '../faults.ts';
import { type Action, NOTHING, type Outcome, type Rule, type SimulationEvent, type View } from '../rule.ts';

/** A stage of a pod's life, and what containers and conditions look like in it. */
interface Stage {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly ready: boolean;
  /** State of every container. */
  readonly state: (started: string, now: string) => Fields;
  readonly started: boolean;
  readonly restarts?: number;
  readonly event?: SimulationEvent;
}

const SIMULATED = 'simulated by drydock: no container runs';

const waiting = (reason: string, message: string) => () => ({ waiting: { reason, message } });
const running = (started: string) => ({ running: { startedAt: started } });
const over = (exitCode: number, reason: string) => (startedAt: string, finishedAt: string) => ({
  terminated: { exitCode, reason, message: SIMULATED, startedAt, finishedAt },
});

/** The stages by name; the rule below says when each is reached. */
const STAGES = {
  creating: {
    phase: 'Pending',
    ready: false,
    started: false,
    state: waiting('ContainerCreating', SIMULATED),
  },
  ready: {
    phase: 'Running',
    ready: true,
    started: true,
    state: running,
    event: { type: 'Normal', reason: 'Started', message: `Started (${SIMULATED})` },
  },
  unready: {
    phase: 'Running',
    ready: false,
    started: true,
    state: running,
    event: { type: 'Warning', reason: 'Unhealthy', message: 'Readiness probe failed (simulated fault)' },
  },
  crashing: {
    phase: 'Running',
    ready: false,
    started: false,
    restarts: 3,
    state: waiting('CrashLoopBackOff', 'back-off restarting failed container (simulated fault)'),
    event: {
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container (simulated fault)',
    },
  },
  pulling: {
    phase: 'Pending',
    ready: false,
    started: false,
    state: waiting('ImagePullBackOff', 'Back-off pulling image (simulated fault)'),
    event: { type: 'Warning', reason: 'Failed', message: 'Failed to pull image (simulated fault)' },
  },
  succeeded: { phase: 'Succeeded', ready: false, started: false, state: over(0, 'Completed') },
  failed: { phase: 'Failed', ready: false, started: false, state: over(1, 'Error') },
} as const satisfies Record<string, Stage>;

const AFTER_FAULT: Readonly<Record<Fault, Stage>> = {
  'crash-loop': STAGES.crashing,
  'image-pull': STAGES.pulling,
  unready: STAGES.unready,
  'slow-start': STAGES.ready,
};

/** A pod is scheduled, created, and then ready, over, or failing as it was told to. */
export const podRule: Rule = {
  resource: 'pods',
  decide(pod, view) {
    if (pod.metadata.deletionTimestamp !== undefined) return terminate(pod, view);
    const { phase } = fieldsAt(pod, 'status');
    if (phase === 'Succeeded' || phase === 'Failed') return NOTHING;
    if (!stringAt(pod, 'spec', 'nodeName')) return schedule(pod, view);
    const fault = faultOf(pod, view.faults);
    const wait = waitOf(pod, fault, view) - (view.now - view.bornAt(pod));
    return wait > 0 ? enter(pod, STAGES.creating, view, wait) : enter(pod, stageAfter(pod, fault), view);
  },
};

function terminate(pod: KubeObject, view: View): Outcome {
  if ((pod.metadata.finalizers ?? []).length > 0) return NOTHING;
  const requested =
    Date.parse(pod.metadata.deletionTimestamp ?? '') - (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  const left = requested + view.options.podTerminatesAfter - view.now;
  return left > 0
    ? { actions: [], again: left }
    : { actions: [{ do: 'remove', resource: 'pods', object: pod }] };
}

function schedule(pod: KubeObject, view: View): Outcome {
  const node = nodeFor(pod, view);
  if (node === undefined) return unschedulable(pod, view);
  const spec = { ...fieldsAt(pod, 'spec'), nodeName: node };
  const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${node}`;
  return {
    actions: [
      { do: 'update', resource: 'pods', object: { ...pod, spec } },
      { do: 'event', about: pod, event: { type: 'Normal', reason: 'Scheduled', message } },
    ],
  };
}

/** The node with the fewest pods that has the labels of `nodeSelector` and is not cordoned. */
function nodeFor(pod: KubeObject, view: View): string | undefined {
  const wanted = Object.entries(fieldsAt(pod, 'spec', 'nodeSelector'));
  const nodes = view.list('nodes').filter((node) => {
    const labels = node.metadata.labels ?? {};
    return (
      fieldsAt(node, 'spec').unschedulable !== true && wanted.every(([name, value]) => labels[name] === value)
    );
  });
  if (nodes.length <= 1) return nodes[0]?.metadata.name;
  const load = new Map<string, number>();
  for (const each of view.list('pods')) {
    const name = stringAt(each, 'spec', 'nodeName') ?? '';
    load.set(name, (load.get(name) ?? 0) + 1);
  }
  const loadOf = (node: KubeObject) => load.get(node.metadata.name ?? '') ?? 0;
  return nodes.reduce((best, node) => (loadOf(node) < loadOf(best) ? node : best)).metadata.name;
}

function unschedulable(pod: KubeObject, view: View): Outcome {
  const message = 'no node matches the node selector of the pod';
  const condition = conditionAt(
    pod,
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
    view.now,
  );
  const status = { phase: 'Pending', conditions: [condition] };
  return { actions: [{ do: 'status', resource: 'pods', of: pod, status }], again: 5000 };
}

function waitOf(pod: KubeObject, fault: Fault | undefined, { options }: View): number {
  if (fault === 'slow-start') return options.slowPodReadyAfter;
  return isOneShot(pod) ? options.jobPodSucceedsAfter : options.podReadyAfter;
}

function stageAfter(pod: KubeObject, fault: Fault | undefined): Stage {
  if (isOneShot(pod) && fault === undefined) return STAGES.succeeded;
  if (isOneShot(pod) && fault === 'crash-loop') return STAGES.failed;
  return fault === undefined ? STAGES.ready : AFTER_FAULT[fault];
}

/** Pods of jobs end by themselves. */
function isOneShot(pod: KubeObject): boolean {
  return pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') === true;
}

function enter(pod: KubeObject, stage: Stage, view: View, again?: number): Outcome {
  const status = statusOf(pod, stage, view);
  const actions: Action[] = [{ do: 'status', resource: 'pods', of: pod, status }];
  if (stage.event !== undefined && !isIn(pod, stage))
    actions.push({ do: 'event', about: pod, event: stage.event });
  return again === undefined ? { actions } : { actions, again };
}

function isIn(pod: KubeObject, stage: Stage): boolean {
  const status = listAt(pod, 'status', 'containerStatuses')[0];
  if (at(pod, 'status', 'phase') !== stage.phase || at(status, 'ready') !== stage.ready) return false;
  const reason = (state: unknown) => stringAt(state, 'waiting', 'reason');
  return reason(at(status, 'state')) === reason(stage.state('', ''));
}

function statusOf(pod: KubeObject, stage: Stage, view: View): Fields {
  const former = fieldsAt(pod, 'status');
  const started = stringAt(former, 'startTime') ?? timestamp(view.now);
  const podIP = stringAt(former, 'podIP') ?? (stage.phase === 'Pending' ? undefined : view.podAddress());
  const conditions = [
    ['PodScheduled', true],
    ['Initialized', true],
    ['ContainersReady', stage.ready],
    ['Ready', stage.ready],
  ] as const;
  return {
    phase: stage.phase,
    conditions: conditions.map(([type, is]) =>
      conditionAt(
        pod,
        {
          type,
          status: is ? 'True' : 'False',
          ...(is ? {} : { reason: 'ContainersNotReady', message: SIMULATED }),
        },
        view.now,
      ),
    ),
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime: started,
    qosClass: former.qosClass ?? 'BestEffort',
    containerStatuses: listAt(pod, 'spec', 'containers')
      .filter(isFields)
      .map((container) => containerStatus(pod, container, stage, view)),
  };
}

function containerStatus(pod: KubeObject, container: Fields, stage: Stage, view: View): Fields {
  const former = listAt(pod, 'status', 'containerStatuses').find(
    (each) => isFields(each) && each.name === container.name,
  );
  const same = at(former, 'ready') === stage.ready && isIn(pod, stage);
  const now = timestamp(view.now);
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: stage.ready,
    started: stage.started,
    restartCount: stage.restarts ?? 0,
    state: same ? at(former, 'state') : stage.state(now, now),
    lastState:
      stage.restarts === undefined
        ? {}
        : { terminated: { exitCode: 1, reason: 'Error', message: SIMULATED } },
  };
}
