import { fieldAt, type KubeObject, listAt, stringAt } from '../cluster/kube-object.ts';
import { sameJson } from '../cluster/merge-patch.ts';
import type { Health, HealthCode } from './health-status.ts';
import { conditionOf, isUnobserved } from './workload-health.ts';

const codes: readonly string[] = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'];

/**
 * An Application's own health, for an app of apps; Argo CD's FAQ shows it as the customization to switch on again. What
 * was said about another source than the one of its spec does not count any more.
 */
export function applicationHealth(application: KubeObject): Health {
  const compared = fieldAt(application, 'status', 'sync', 'comparedTo');
  const isStale = (field: string): boolean =>
    !sameJson(fieldAt(compared, field), fieldAt(application, 'spec', field));
  if (compared !== undefined && (isStale('source') || isStale('sources'))) {
    return { status: 'Progressing', message: 'waiting for the new source to be compared' };
  }
  const status = stringAt(application, 'status', 'health', 'status');
  const message = stringAt(application, 'status', 'health', 'message') || undefined;
  if (!codes.includes(status)) return { status: 'Progressing', message };
  return { status: status as HealthCode, message };
}

/** Established and with accepted names is healthy (gitops-engine, `health_customresourcedefinition`). */
export function definitionHealth(definition: KubeObject): Health {
  if (listAt(definition, 'status', 'conditions').length === 0) {
    return { status: 'Progressing', message: 'Status conditions not found' };
  }
  const refused = conditionOf(definition, 'NamesAccepted');
  if (refused?.status === 'False') return { status: 'Degraded', message: refused.message };
  const violation = conditionOf(definition, 'NonStructuralSchema');
  if (violation?.status === 'True') return { status: 'Degraded', message: violation.message };
  const established = conditionOf(definition, 'Established');
  if (established?.status === 'True') return { status: 'Healthy', message: 'CRD is healthy' };
  return { status: 'Progressing', message: established?.message ?? 'CRD is not established' };
}

/**
 * The common contract of kinds with a Ready condition (kstatus): suspended, not yet observed, True, False, Unknown.
 * Argo CD's Lua checks for Flux, cert-manager and external-secrets say the same.
 */
export function readyConditionHealth(object: KubeObject): Health {
  if (fieldAt(object, 'spec', 'suspend') === true) return { status: 'Suspended', message: 'suspended' };
  const observed = fieldAt(object, 'status', 'observedGeneration') !== undefined;
  if (observed && isUnobserved(object)) {
    return { status: 'Progressing', message: 'waiting for the controller to observe the new generation' };
  }
  const ready = conditionOf(object, 'Ready');
  if (ready?.status === 'True') return { status: 'Healthy', message: ready.message };
  if (ready?.status === 'False') {
    const working = ['Progressing', 'DependencyNotReady', 'ArtifactFailed', 'Issuing'].includes(ready.reason);
    return { status: working ? 'Progressing' : 'Degraded', message: ready.message };
  }
  return { status: 'Progressing', message: ready?.message ?? 'waiting for the Ready condition' };
}

const canaryPhases: Readonly<Record<string, HealthCode>> = {
  Initializing: 'Progressing',
  Initialized: 'Healthy',
  Waiting: 'Progressing',
  WaitingPromotion: 'Suspended',
  Progressing: 'Progressing',
  Promoting: 'Progressing',
  Finalising: 'Progressing',
  Succeeded: 'Healthy',
  Failed: 'Degraded',
};

/** The phase of a Flagger Canary, as in Argo CD's Lua check for it. */
export function canaryHealth(canary: KubeObject): Health {
  const phase = stringAt(canary, 'status', 'phase');
  const message = conditionOf(canary, 'Promoted')?.message;
  return { status: canaryPhases[phase] ?? 'Progressing', message };
}
