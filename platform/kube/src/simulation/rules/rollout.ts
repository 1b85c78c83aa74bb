import { at, type KubeObject, numberAt } from '../../model/kube-object.ts';

/** How the sets of a Deployment are to be scaled next, and what there is. */
export interface RolloutPlan {
  readonly wanted: number;
  readonly maxUnavailable: number;
  /** Replicas with which a new set begins. */
  readonly initial: number;
  readonly scale: readonly { readonly set: KubeObject; readonly replicas: number }[];
  readonly counts: {
    readonly replicas: number;
    readonly updated: number;
    readonly ready: number;
    readonly available: number;
  };
  readonly current: KubeObject | undefined;
}

/**
 * One step of a rollout: never more pods than `maxSurge` allows, never fewer available than `maxUnavailable` allows.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function planRollout(
  deployment: KubeObject,
  current: KubeObject | undefined,
  old: readonly KubeObject[],
): RolloutPlan {
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const limits = limitsOf(deployment, wanted);
  const sets = current === undefined ? old : [current, ...old];
  const counts = {
    replicas: sum(sets, 'status', 'replicas'),
    updated: numberAt(current, 'status', 'replicas') ?? 0,
    ready: sum(sets, 'status', 'readyReplicas'),
    available: sum(sets, 'status', 'availableReplicas'),
  };
  const total = sum(sets, 'spec', 'replicas');
  const oldRunning = sum(old, 'status', 'replicas');
  const has = numberAt(current, 'spec', 'replicas') ?? 0;
  const room = limits.recreate ? (oldRunning === 0 ? wanted : 0) : Math.max(0, wanted + limits.surge - total);
  const next = has > wanted ? wanted : Math.min(wanted, has + room);
  const shrink = limits.recreate
    ? Number.POSITIVE_INFINITY
    : spare(sets, current, wanted - limits.unavailable);
  const scale = current !== undefined && next !== has ? [{ set: current, replicas: next }] : [];
  return {
    wanted,
    maxUnavailable: limits.recreate ? 0 : limits.unavailable,
    initial: next,
    scale: [...scale, ...shrinkOld(old, shrink, counts.available - (wanted - limits.unavailable))],
    counts,
    current,
  };
}

/** Old pods that may go without falling below the minimum, as the Deployment controller computes it. */
function spare(sets: readonly KubeObject[], current: KubeObject | undefined, minimum: number): number {
  const total = sum(sets, 'spec', 'replicas');
  const unavailable =
    (numberAt(current, 'spec', 'replicas') ?? 0) - (numberAt(current, 'status', 'availableReplicas') ?? 0);
  return Math.max(0, total - minimum - Math.max(0, unavailable));
}

/** Pods that do not work go first; of those that do, as many as are more than the minimum. */
function shrinkOld(old: readonly KubeObject[], most: number, spareAvailable: number): RolloutPlan['scale'] {
  let left = most;
  let working = most === Number.POSITIVE_INFINITY ? most : Math.max(0, spareAvailable);
  return old.flatMap((set) => {
    const has = numberAt(set, 'spec', 'replicas') ?? 0;
    const available = Math.min(has, numberAt(set, 'status', 'availableReplicas') ?? 0);
    const broken = Math.min(has - available, left);
    left -= broken;
    const healthy = Math.min(available, left, working);
    left -= healthy;
    working -= healthy;
    const gone = broken + healthy;
    return gone === 0 ? [] : [{ set, replicas: has - gone }];
  });
}

interface Limits {
  readonly recreate: boolean;
  readonly surge: number;
  readonly unavailable: number;
}

function limitsOf(deployment: KubeObject, wanted: number): Limits {
  if (at(deployment, 'spec', 'strategy', 'type') === 'Recreate')
    return { recreate: true, surge: 0, unavailable: wanted };
  const rolling = at(deployment, 'spec', 'strategy', 'rollingUpdate');
  const surge = share(at(rolling, 'maxSurge') ?? '25%', wanted, Math.ceil);
  const unavailable = share(at(rolling, 'maxUnavailable') ?? '25%', wanted, Math.floor);
  return {
    recreate: false,
    surge,
    unavailable: Math.min(wanted, surge === 0 && unavailable === 0 ? 1 : unavailable),
  };
}

function share(value: unknown, of: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? 0 : round((Number(percent) * of) / 100);
}

function sum(sets: readonly KubeObject[], ...path: readonly string[]): number {
  return sets.reduce((total, set) => total + (numberAt(set, ...path) ?? 0), 0);
}
