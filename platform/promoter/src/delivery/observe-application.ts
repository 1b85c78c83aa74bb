import { z } from 'zod';
import type { Observation } from './observation.ts';
import type { ObservedUnit } from './observed-unit.ts';

const time = z.string().optional();
const healthStatuses = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;

/**
 * The part of an Argo CD Application that is read here. Source: `ApplicationStatus` in Argo CD's
 * `pkg/apis/application/v1alpha1/types.go`.
 */
const applicationSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z
    .object({ sources: z.array(z.object({ targetRevision: z.string().optional() })).default([]) })
    .default({ sources: [] }),
  status: z
    .object({
      sync: z
        .object({
          status: z.string().default('Unknown'),
          revision: z.string().optional(),
          revisions: z.array(z.string()).optional(),
        })
        .optional(),
      health: z
        .object({
          status: z.enum(healthStatuses).catch('Unknown'),
          message: z.string().optional(),
          lastTransitionTime: time,
        })
        .optional(),
      operationState: z
        .object({ phase: z.string(), message: z.string().optional(), finishedAt: time })
        .optional(),
      conditions: z.array(z.object({ type: z.string(), message: z.string().default('') })).optional(),
      resources: z
        .array(
          z.object({
            kind: z.string(),
            name: z.string(),
            health: z.object({ status: z.string().optional(), message: z.string().optional() }).optional(),
          }),
        )
        .optional(),
    })
    .default({}),
});

type Application = z.infer<typeof applicationSchema>;
type Status = Application['status'];

/** Reads what an Argo CD Application says of a Unit; undefined for Applications that are not a Unit's. */
export function observeApplication(object: unknown): ObservedUnit | undefined {
  const parsed = applicationSchema.safeParse(object);
  const labels = parsed.data?.metadata.labels;
  const unit = labels?.['drydock.dev/unit'];
  const cluster = labels?.['drydock.dev/cluster'];
  if (parsed.data === undefined || unit === undefined || cluster === undefined) return undefined;
  return { unit, cluster, observation: observationOf(parsed.data) };
}

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

function observationOf({ spec, status }: Application): Observation {
  const revision = environmentRevision(spec.sources, status.sync);
  const operation = status.operationState;
  const settled = operation === undefined || operation.phase === 'Succeeded';
  const times = [status.health?.lastTransitionTime, operation?.finishedAt].map((value) =>
    Date.parse(value ?? ''),
  );
  const known = times.filter((value) => !Number.isNaN(value));
  return {
    revision,
    synced: status.sync?.status === 'Synced' && settled,
    health: status.health?.status ?? 'Unknown',
    message: messageOf(status),
    since: known.length === 0 ? undefined : Math.max(...known),
  };
}

/**
 * The commit of the environment branch that live state was compared with. With several sources, only the one that
 * follows an environment branch counts: the others are charts and foreign repositories.
 */
function environmentRevision(
  sources: Application['spec']['sources'],
  sync: Status['sync'],
): string | undefined {
  const index = sources.findIndex(({ targetRevision }) => targetRevision?.startsWith('env/'));
  const revision = sources.length === 0 ? sync?.revision : sync?.revisions?.[index];
  return COMMIT.test(revision ?? '') ? revision : undefined;
}

/** The most telling sentence: an error condition, a failed sync, then the resource that is not healthy. */
function messageOf(status: Status): string | undefined {
  const error = status.conditions?.find(({ type }) => type.endsWith('Error'));
  if (error !== undefined) return error.message;
  const operation = status.operationState;
  if (operation?.phase === 'Failed' || operation?.phase === 'Error') return operation.message;
  const bad = status.resources?.filter(
    ({ health }) => health?.status !== undefined && health.status !== 'Healthy',
  );
  const worst = bad?.find(({ health }) => health?.status === 'Degraded') ?? bad?.[0];
  if (worst === undefined) return status.health?.message;
  return `${worst.kind} ${worst.name}: ${worst.health?.message ?? worst.health?.status}`;
}
