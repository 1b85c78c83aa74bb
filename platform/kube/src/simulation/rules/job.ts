import { timestamp } from '../../api/write-context.ts';
import { type Fields, fieldsAt, type KubeObject, numberAt, stringAt } from '../../model/kube-object.ts';
import { conditionAt, conditionOf } from '../conditions.ts';
import { type Action, NOTHING, type Rule, type View } from '../rule.ts';
import { createPods, isReady } from './pod-template.ts';

const JOBS = 'jobs.batch';

/** A Job runs pods until enough of them succeeded or too many failed, https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export const jobRule: Rule = {
  resource: JOBS,
  decide(job, view) {
    if (job.metadata.deletionTimestamp !== undefined) return NOTHING;
    if (isOver(job)) return expire(job, view);
    const pods = view.owned(job.metadata.uid ?? '', 'pods');
    const count = countPods(pods);
    const completions = numberAt(job, 'spec', 'completions') ?? 1;
    const failed = count.failed > (numberAt(job, 'spec', 'backoffLimit') ?? 6);
    const succeeded = count.succeeded >= completions;
    const suspended = fieldsAt(job, 'spec').suspend === true;
    const room = (numberAt(job, 'spec', 'parallelism') ?? 1) - count.active;
    const missing =
      failed || succeeded || suspended ? 0 : Math.min(room, completions - count.succeeded - count.active);
    const created = createPods(job, missing, view);
    const verdict = succeeded ? COMPLETE : failed ? FAILED : undefined;
    const status: Action = {
      do: 'status',
      resource: JOBS,
      of: job,
      status: statusOf(job, count, verdict, view),
    };
    return { actions: [...created, status] };
  },
};

const COMPLETE = {
  type: 'Complete',
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
} as const;
const FAILED = {
  type: 'Failed',
  status: 'True',
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
} as const;

/** @returns whether a Job is complete or has failed. */
export function isOver(job: KubeObject): boolean {
  return conditionOf(job, 'Complete').status === 'True' || conditionOf(job, 'Failed').status === 'True';
}

function countPods(pods: readonly KubeObject[]): {
  active: number;
  ready: number;
  succeeded: number;
  failed: number;
} {
  const phase = (wanted: string) => pods.filter((pod) => stringAt(pod, 'status', 'phase') === wanted).length;
  const [succeeded, failed] = [phase('Succeeded'), phase('Failed')];
  const deleted = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length;
  return {
    active: Math.max(0, pods.length - succeeded - failed - deleted),
    ready: pods.filter(isReady).length,
    succeeded,
    failed,
  };
}

function statusOf(
  job: KubeObject,
  count: ReturnType<typeof countPods>,
  verdict: typeof COMPLETE | typeof FAILED | undefined,
  view: View,
): Fields {
  const now = timestamp(view.now);
  return {
    startTime: stringAt(job, 'status', 'startTime') ?? now,
    active: verdict === undefined ? count.active : 0,
    ready: count.ready,
    ...(count.succeeded > 0 ? { succeeded: count.succeeded } : {}),
    ...(count.failed > 0 ? { failed: count.failed } : {}),
    ...(verdict === COMPLETE ? { completionTime: now } : {}),
    ...(verdict === undefined ? {} : { conditions: [conditionAt(job, verdict, view.now)] }),
  };
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/ */
function expire(job: KubeObject, view: View): ReturnType<Rule['decide']> {
  const ttl = numberAt(job, 'spec', 'ttlSecondsAfterFinished');
  if (ttl === undefined) return NOTHING;
  const end = [conditionOf(job, 'Complete'), conditionOf(job, 'Failed')]
    .map((each) => stringAt(each, 'lastTransitionTime'))
    .find(Boolean);
  const left = Date.parse(end ?? '') + ttl * 1000 - view.now;
  return left > 0
    ? { actions: [], again: Math.min(left, 3600_000) }
    : { actions: [{ do: 'delete', resource: JOBS, object: job, policy: 'Background' }] };
}
