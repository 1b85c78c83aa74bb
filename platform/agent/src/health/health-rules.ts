import { groupOf, type KubeObject } from '../cluster/kube-object.ts';
import { applicationHealth, canaryHealth, definitionHealth, readyConditionHealth } from './custom-health.ts';
import type { Health } from './health-status.ts';
import { autoscalerHealth, claimHealth, ingressHealth, serviceHealth } from './network-health.ts';
import { podHealth } from './pod-health.ts';
import {
  daemonSetHealth,
  deploymentHealth,
  jobHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './workload-health.ts';

type Rule = (object: KubeObject) => Health;

/** The kinds with a rule of their own, by group and kind. Argo CD documents them under "Resource Health". */
const rules: Readonly<Record<string, Rule>> = {
  'apps/Deployment': deploymentHealth,
  'apps/StatefulSet': statefulSetHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'batch/Job': jobHealth,
  '/Pod': podHealth,
  '/Service': serviceHealth,
  '/PersistentVolumeClaim': claimHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'argoproj.io/Application': applicationHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'flagger.app/Canary': canaryHealth,
};

/** Groups whose kinds all speak through a Ready condition. */
const readyGroups: readonly string[] = [
  'source.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'cert-manager.io',
  'external-secrets.io',
];

/** Kinds of those groups that have no controller status. */
const plain: readonly string[] = ['source.toolkit.fluxcd.io/HelmRepository'];

/** The health of a live object, or `undefined` for a kind that has none, such as a ConfigMap. */
export function healthOf(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp !== undefined) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  const group = groupOf(object.apiVersion);
  const key = `${group}/${object.kind}`;
  const rule = rules[key];
  if (rule !== undefined) return rule(object);
  if (!readyGroups.includes(group)) return undefined;
  if (plain.includes(key) && object.status === undefined) return undefined;
  return readyConditionHealth(object);
}
