import { z } from 'zod';
import type { HealthStatus, Observation } from './observation.ts';
import type { ObservedUnit } from './observed-unit.ts';

/** The part of a Flux Kustomization that is read here (https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomization-status). */
const kustomizationSchema = z.object({
  metadata: z.object({
    name: z.string(),
    generation: z.number().optional(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      lastAppliedRevision: z.string().optional(),
      lastAttemptedRevision: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().default(''),
            message: z.string().default(''),
            lastTransitionTime: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ conditions: [] }),
});

type Kustomization = z.infer<typeof kustomizationSchema>;
type Condition = Kustomization['status']['conditions'][number];

/** Reasons of `Ready=False` that mean: not yet, something else comes first. */
const WAITING = new Set(['DependencyNotReady', 'ArtifactFailed', 'Progressing', 'ReconciliationSuspended']);

/**
 * Reads what a Flux Kustomization says of a Unit. A Unit may have more than one; the last, which is named like the Unit
 * and waits for the others, speaks for it.
 */
export function observeKustomization(object: unknown): ObservedUnit | undefined {
  const { data } = kustomizationSchema.safeParse(object);
  const unit = data?.metadata.labels['drydock.dev/unit'];
  const cluster = data?.metadata.labels['drydock.dev/cluster'];
  if (data === undefined || unit === undefined || cluster === undefined || data.metadata.name !== unit)
    return undefined;
  return { unit, cluster, observation: observationOf(data) };
}

function observationOf({ metadata, status }: Kustomization): Observation {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  const isReady = ready?.status === 'True';
  const current = status.observedGeneration === metadata.generation;
  const since = Date.parse(ready?.lastTransitionTime ?? '');
  return {
    revision: commitOf(isReady ? status.lastAppliedRevision : status.lastAttemptedRevision),
    synced: isReady && current,
    health: healthOf(ready),
    message: isReady ? undefined : ready?.message,
    since: Number.isNaN(since) ? undefined : since,
  };
}

function healthOf(ready: Condition | undefined): HealthStatus {
  if (ready === undefined) return 'Unknown';
  if (ready.status === 'True') return 'Healthy';
  return ready.status === 'Unknown' || WAITING.has(ready.reason) ? 'Progressing' : 'Degraded';
}

/** `env/dev@sha1:<commit>`, as source-controller writes revisions. */
function commitOf(revision: string | undefined): string | undefined {
  return /@sha(?:1|256):([0-9a-f]{40,64})$/.exec(revision ?? '')?.[1];
}
