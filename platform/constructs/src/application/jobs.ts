import type { Workload } from '@drydock/model';
import { type Construct, k8s } from '../cdk8s.ts';
import { applicationLabels } from '../labels.ts';
import type { ApplicationFacts } from './application-facts.ts';
import { plainObject } from './plain-object.ts';
import {
  containerSecurity,
  environment,
  podSecurity,
  resources,
  volumeMounts,
  volumes,
} from './pod-template.ts';

type JobSpec = Workload['jobs'][string];

/** CronJobs, and Jobs that run once with each release: both engines replace the Job of the last one. */
export function applicationJobs(scope: Construct, facts: ApplicationFacts): void {
  for (const [id, job] of Object.entries(facts.workload.jobs)) {
    const name = `${facts.name}-${id}`;
    const metadata = { name, namespace: facts.namespace, labels: applicationLabels(facts) };
    const spec = jobSpec(facts, { name, job });
    if (job.schedule === undefined) {
      plainObject(
        scope,
        `job-${id}`,
        k8s.KubeJob.manifest({ metadata: { ...metadata, annotations: ONCE_A_RELEASE }, spec }),
      );
    } else {
      const { schedule } = job;
      const template = { metadata: { labels: applicationLabels(facts) }, spec };
      plainObject(
        scope,
        `job-${id}`,
        k8s.KubeCronJob.manifest({
          metadata,
          spec: {
            schedule,
            concurrencyPolicy: 'Forbid',
            successfulJobsHistoryLimit: 1,
            jobTemplate: template,
          },
        }),
      );
    }
  }
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/ and https://fluxcd.io/flux/components/kustomize/kustomizations/#force */
const ONCE_A_RELEASE = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
};

function jobSpec(
  facts: ApplicationFacts,
  { name, job }: { readonly name: string; readonly job: JobSpec },
): k8s.JobSpec {
  const meshed = facts.workload.mesh ? { annotations: { 'linkerd.io/inject': 'disabled' } } : {};
  return {
    backoffLimit: 2,
    activeDeadlineSeconds: 3600,
    template: {
      metadata: { labels: { ...applicationLabels(facts), 'app.kubernetes.io/name': name }, ...meshed },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: facts.name,
        automountServiceAccountToken: false,
        securityContext: podSecurity(facts),
        containers: [
          {
            name,
            image: job.image ?? facts.workload.image,
            ...(job.command.length > 0 ? { command: [...job.command] } : {}),
            ...(job.args.length > 0 ? { args: [...job.args] } : {}),
            env: environment(facts),
            resources: resources(facts.workload),
            securityContext: containerSecurity(),
            volumeMounts: volumeMounts(facts),
          },
        ],
        volumes: volumes(facts),
      },
    },
  };
}
