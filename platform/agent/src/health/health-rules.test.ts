import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../cluster/kube-object.ts';
import { healthOf } from './health-rules.ts';
import { worstHealth } from './health-status.ts';

function object(apiVersion: string, kind: string, fields: object, generation = 1): KubeObject {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', generation }, ...fields };
}

const condition = (type: string, status: string, reason = '') => ({
  type,
  status,
  reason,
  message: `${type} ${status}`,
});
const rolledOut = {
  observedGeneration: 1,
  replicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
  readyReplicas: 2,
};

describe('healthOf', () => {
  it.each([
    ['rolled out', { spec: { replicas: 2 }, status: rolledOut }, 'Healthy'],
    [
      'of an older generation',
      { spec: { replicas: 2 }, status: { ...rolledOut, observedGeneration: 0 } },
      'Progressing',
    ],
    [
      'with old replicas left',
      { spec: { replicas: 2 }, status: { ...rolledOut, replicas: 3 } },
      'Progressing',
    ],
    [
      'with too few new replicas',
      { spec: { replicas: 2 }, status: { ...rolledOut, updatedReplicas: 1 } },
      'Progressing',
    ],
    [
      'with unavailable replicas',
      { spec: { replicas: 2 }, status: { ...rolledOut, availableReplicas: 1 } },
      'Progressing',
    ],
    ['paused', { spec: { paused: true }, status: rolledOut }, 'Suspended'],
    [
      'past its deadline',
      {
        status: { ...rolledOut, conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] },
      },
      'Degraded',
    ],
    ['without a status', { spec: { replicas: 2 } }, 'Progressing'],
  ])('finds a Deployment %s', (_, fields, expected) => {
    expect(healthOf(object('apps/v1', 'Deployment', fields))?.status).toBe(expected);
  });

  const revisions = { currentRevision: 'a', updateRevision: 'a' };
  it.each([
    ['ready', { spec: { replicas: 2 }, status: { ...rolledOut, ...revisions } }, 'Healthy'],
    ['with pods not ready', { spec: { replicas: 3 }, status: { ...rolledOut, ...revisions } }, 'Progressing'],
    [
      'being updated',
      { spec: { replicas: 2 }, status: { ...rolledOut, ...revisions, updateRevision: 'b' } },
      'Progressing',
    ],
    [
      'updated by hand',
      {
        spec: { replicas: 2, updateStrategy: { type: 'OnDelete' } },
        status: { ...rolledOut, updateRevision: 'b' },
      },
      'Healthy',
    ],
  ])('finds a StatefulSet %s', (_, fields, expected) => {
    expect(healthOf(object('apps/v1', 'StatefulSet', fields))?.status).toBe(expected);
  });

  const scheduled = {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
  };
  it.each([
    ['complete', { status: scheduled }, 'Healthy'],
    ['being updated', { status: { ...scheduled, updatedNumberScheduled: 1 } }, 'Progressing'],
    ['not available', { status: { ...scheduled, numberAvailable: 1 } }, 'Progressing'],
  ])('finds a DaemonSet %s', (_, fields, expected) => {
    expect(healthOf(object('apps/v1', 'DaemonSet', fields))?.status).toBe(expected);
  });

  const waiting = (reason: string) => ({ name: 'main', state: { waiting: { reason, message: 'no' } } });
  const running = { phase: 'Running', conditions: [condition('Ready', 'True')] };
  it.each([
    ['ready', { status: running }, 'Healthy'],
    ['not ready', { status: { phase: 'Running', conditions: [] } }, 'Progressing'],
    [
      'that cannot pull its image',
      { status: { phase: 'Pending', containerStatuses: [waiting('ImagePullBackOff')] } },
      'Degraded',
    ],
    [
      'that crashes',
      { status: { ...running, containerStatuses: [waiting('CrashLoopBackOff')] } },
      'Degraded',
    ],
    [
      'being created',
      { status: { phase: 'Pending', containerStatuses: [waiting('ContainerCreating')] } },
      'Progressing',
    ],
    ['that was done', { status: { phase: 'Succeeded' } }, 'Healthy'],
    ['that failed', { status: { phase: 'Failed' } }, 'Degraded'],
    ['that runs once', { spec: { restartPolicy: 'Never' }, status: running }, 'Progressing'],
  ])('finds a Pod %s', (_, fields, expected) => {
    expect(healthOf(object('v1', 'Pod', fields))?.status).toBe(expected);
  });

  const address = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } };
  it.each<[string, string, string, object, string | undefined]>([
    ['v1', 'Service', 'of a cluster address', { spec: { type: 'ClusterIP' } }, 'Healthy'],
    ['v1', 'Service', 'without a load balancer yet', { spec: { type: 'LoadBalancer' } }, 'Progressing'],
    ['v1', 'Service', 'with a load balancer', { spec: { type: 'LoadBalancer' }, status: address }, 'Healthy'],
    ['networking.k8s.io/v1', 'Ingress', 'without an address', {}, 'Progressing'],
    ['networking.k8s.io/v1', 'Ingress', 'with an address', { status: address }, 'Healthy'],
    ['v1', 'PersistentVolumeClaim', 'bound', { status: { phase: 'Bound' } }, 'Healthy'],
    ['v1', 'PersistentVolumeClaim', 'pending', { status: { phase: 'Pending' } }, 'Progressing'],
    ['v1', 'PersistentVolumeClaim', 'lost', { status: { phase: 'Lost' } }, 'Degraded'],
    ['batch/v1', 'Job', 'complete', { status: { conditions: [condition('Complete', 'True')] } }, 'Healthy'],
    ['batch/v1', 'Job', 'failed', { status: { conditions: [condition('Failed', 'True')] } }, 'Degraded'],
    ['batch/v1', 'Job', 'under way', { status: { active: 1 } }, 'Progressing'],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'able to scale',
      { status: { conditions: [condition('AbleToScale', 'True')] } },
      'Healthy',
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'without metrics',
      {
        status: {
          conditions: [
            condition('AbleToScale', 'True'),
            condition('ScalingActive', 'False', 'FailedGetResourceMetric'),
          ],
        },
      },
      'Degraded',
    ],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'that is new', {}, 'Progressing'],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'established',
      { status: { conditions: [condition('Established', 'True')] } },
      'Healthy',
    ],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'that is new', {}, 'Progressing'],
    [
      'argoproj.io/v1alpha1',
      'Application',
      'that is degraded',
      { status: { health: { status: 'Degraded' } } },
      'Degraded',
    ],
    ['argoproj.io/v1alpha1', 'Application', 'that is new', {}, 'Progressing'],
    [
      'argoproj.io/v1alpha1',
      'Application',
      'compared with another source',
      {
        spec: { source: { path: 'b' } },
        status: { health: { status: 'Healthy' }, sync: { comparedTo: { source: { path: 'a' } } } },
      },
      'Progressing',
    ],
    [
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      'ready',
      { status: { observedGeneration: 1, conditions: [condition('Ready', 'True')] } },
      'Healthy',
    ],
    [
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      'ready for an older generation',
      { status: { observedGeneration: 0, conditions: [condition('Ready', 'True')] } },
      'Progressing',
    ],
    [
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'that failed',
      { status: { conditions: [condition('Ready', 'False', 'InstallFailed')] } },
      'Degraded',
    ],
    [
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'that is suspended',
      { spec: { suspend: true } },
      'Suspended',
    ],
    [
      'cert-manager.io/v1',
      'Certificate',
      'that is being issued',
      { status: { conditions: [condition('Ready', 'False', 'Issuing')] } },
      'Progressing',
    ],
    ['flagger.app/v1beta1', 'Canary', 'that failed', { status: { phase: 'Failed' } }, 'Degraded'],
    ['flagger.app/v1beta1', 'Canary', 'that succeeded', { status: { phase: 'Succeeded' } }, 'Healthy'],
    ['v1', 'ConfigMap', 'without a health', {}, undefined],
  ])('finds %s %s %s', (apiVersion, kind, _, fields, expected) => {
    expect(healthOf(object(apiVersion, kind, fields))?.status).toBe(expected);
  });

  it('waits for anything that is being deleted', () => {
    const leaving = object('v1', 'ConfigMap', {});
    const metadata = { ...leaving.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(healthOf({ ...leaving, metadata })).toEqual({
      status: 'Progressing',
      message: 'Pending deletion',
    });
  });
});

describe('worstHealth', () => {
  it('takes the worst in Argo CD order, and finds nothing healthy', () => {
    expect(worstHealth([])).toBe('Healthy');
    expect(worstHealth(['Healthy', 'Suspended'])).toBe('Suspended');
    expect(worstHealth(['Suspended', 'Progressing'])).toBe('Progressing');
    expect(worstHealth(['Progressing', 'Missing'])).toBe('Missing');
    expect(worstHealth(['Missing', 'Degraded'])).toBe('Degraded');
    expect(worstHealth(['Degraded', 'Unknown'])).toBe('Unknown');
  });
});
