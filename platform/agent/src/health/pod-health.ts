import { fieldAt, type KubeObject, listAt, numberAt, stringAt } from '../cluster/kube-object.ts';
import type { Health } from './health-status.ts';
import { conditionOf } from './workload-health.ts';

/** Waiting reasons that do not go away by waiting: gitops-engine looks for `Err` at the start and these ends. */
function isStuck(reason: string): boolean {
  return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff');
}

/** The health of a Pod, by the rules of gitops-engine, `pkg/health/health_pod.go`. */
export function podHealth(pod: KubeObject): Health {
  const policy = stringAt(pod, 'spec', 'restartPolicy') || 'Always';
  const statuses = [
    ...listAt(pod, 'status', 'initContainerStatuses'),
    ...listAt(pod, 'status', 'containerStatuses'),
  ];
  if (policy === 'Always') {
    const stuck = statuses.find((status) => isStuck(stringAt(status, 'state', 'waiting', 'reason')));
    if (stuck !== undefined) {
      const reason = stringAt(stuck, 'state', 'waiting', 'reason');
      return { status: 'Degraded', message: stringAt(stuck, 'state', 'waiting', 'message') || reason };
    }
  }
  const message = stringAt(pod, 'status', 'message');
  switch (stringAt(pod, 'status', 'phase')) {
    case 'Pending':
      return { status: 'Progressing', message };
    case 'Succeeded':
      return { status: 'Healthy', message };
    case 'Failed':
      return { status: 'Degraded', message: message || failureOf(statuses) };
    case 'Running':
      return runningHealth(pod, { policy, statuses });
    default:
      return { status: 'Unknown', message };
  }
}

function runningHealth(
  pod: KubeObject,
  { policy, statuses }: { readonly policy: string; readonly statuses: readonly unknown[] },
): Health {
  const message = stringAt(pod, 'status', 'message');
  if (policy !== 'Always') return { status: 'Progressing', message };
  if (conditionOf(pod, 'Ready')?.status === 'True') return { status: 'Healthy', message };
  const restarted = statuses.some((status) => fieldAt(status, 'lastState', 'terminated') !== undefined);
  return restarted ? { status: 'Degraded', message } : { status: 'Progressing', message };
}

function failureOf(statuses: readonly unknown[]): string {
  for (const status of statuses) {
    const code = numberAt(status, 'state', 'terminated', 'exitCode') ?? 0;
    const said = stringAt(status, 'state', 'terminated', 'message');
    if (said !== '') return said;
    if (stringAt(status, 'state', 'terminated', 'reason') === 'OOMKilled') return 'OOMKilled';
    if (code !== 0) return `container "${stringAt(status, 'name')}" failed with exit code ${code}`;
  }
  return '';
}
