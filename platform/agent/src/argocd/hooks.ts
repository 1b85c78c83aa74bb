import { type KubeObject, stringAt } from '../cluster/kube-object.ts';
import type { SyncPhase } from './application.ts';

/** The annotation that makes an object a hook ("Resource Hooks" in Argo CD's user guide). */
export const hookAnnotation = 'argocd.argoproj.io/hook';

const phases: readonly string[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

/** The hook types of an object, empty for an ordinary one. */
export function hookTypes(object: KubeObject): readonly string[] {
  const value = object.metadata.annotations?.[hookAnnotation] ?? '';
  return value
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');
}

/** Says whether an object is a hook (or to be skipped) and so no part of the compared state. */
export function isHook(object: KubeObject): boolean {
  return hookTypes(object).length > 0;
}

/** The phases in which a hook runs; `Skip`, `PreDelete` and `PostDelete` run in none of a sync. */
export function hookPhases(object: KubeObject): readonly SyncPhase[] {
  return hookTypes(object).filter((type): type is SyncPhase => phases.includes(type));
}

/** When a hook is deleted; Argo CD's default is before the next one is created. */
export function hookDeletePolicies(object: KubeObject): readonly string[] {
  const value = object.metadata.annotations?.['argocd.argoproj.io/hook-delete-policy'] ?? '';
  const policies = value.split(',').map((policy) => policy.trim());
  return value === '' ? ['BeforeHookCreation'] : policies;
}

/** A hook with a generated name gets one that is stable within one attempt, so that it is not created twice. */
export function namedHook(hook: KubeObject, phase: SyncPhase, attempt: string): KubeObject {
  const prefix = stringAt(hook, 'metadata', 'generateName');
  if (hook.metadata.name !== '' || prefix === '') return hook;
  const { generateName: _, ...metadata } = hook.metadata;
  return { ...hook, metadata: { ...metadata, name: `${prefix}${phase}-${attempt}`.toLowerCase() } };
}
