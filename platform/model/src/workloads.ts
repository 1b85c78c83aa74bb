import type { ApplicationDocument } from './application.ts';
import type { Declared, Report } from './fleet-files.ts';
import type { Workload } from './fleet-model.ts';
import { isJsonObject, type JsonObject, type JsonValue, mergeJson } from './merge.ts';
import { schemaProblems } from './schema-problem.ts';
import { type WorkloadDocument, workloadSchema } from './workload.ts';

const NOT_WORKLOAD = ['description', 'namespace', 'clusters', 'dependsOn', 'delivery', 'overlays'];

/** What an application runs: without an overlay, and for each environment that has one. */
export function workloadsOf(
  declared: Declared<ApplicationDocument>,
  report: Report,
): { readonly workload: Workload; readonly workloads: Readonly<Record<string, Workload>> } {
  const { overlays, description, namespace, clusters, dependsOn, delivery, ...base } = declared.document.spec;
  const written = writtenWorkload(declared);
  const workloads = Object.entries(overlays).flatMap(([environment, overlay]) => {
    const workload = overlaid(
      declared,
      { environment, value: mergeJson(written, overlay as JsonValue) },
      report,
    );
    return workload === undefined ? [] : [[environment, normalize(workload)] as const];
  });
  return { workload: normalize(base), workloads: Object.fromEntries(workloads) };
}

/** Overlays go on what was written, not on defaults, so that a default that depends on a field follows the field. */
function writtenWorkload(declared: Declared<ApplicationDocument>): JsonObject {
  const { spec } = declared.file.value as { readonly spec: JsonValue };
  const entries = isJsonObject(spec) ? Object.entries(spec) : [];
  return Object.fromEntries(entries.filter(([key]) => !NOT_WORKLOAD.includes(key)));
}

function overlaid(
  declared: Declared<ApplicationDocument>,
  { environment, value }: { readonly environment: string; readonly value: JsonValue },
  report: Report,
): WorkloadDocument | undefined {
  const result = workloadSchema.safeParse(value);
  if (result.success) return result.data;
  const root = ['spec', 'overlays', environment];
  const positions = {
    file: declared.file.file,
    value,
    lineOf: (path: readonly PropertyKey[]) => declared.file.lineOf([...root, ...path]),
    lineOfKey: (path: readonly PropertyKey[], key: string) =>
      declared.file.lineOfKey([...root, ...path], key),
  };
  for (const problem of schemaProblems(positions, workloadSchema, result.error)) {
    report({ ...problem, path: `spec.overlays.${environment}.${problem.path ?? ''}` });
  }
  return undefined;
}

function normalize({ port, ports, ...workload }: WorkloadDocument): Workload {
  const short = port === undefined ? [] : [{ name: 'http', port, protocol: 'TCP' as const }];
  return { ...workload, ports: [...short, ...ports] };
}
