import { z } from 'zod';
import type { DeliveryReader, Documents } from '../read-back-fixture.ts';

const chartSource = z.object({
  repoURL: z.string(),
  chart: z.string(),
  targetRevision: z.string(),
  helm: z.object({ releaseName: z.string(), valuesObject: z.record(z.string(), z.json()) }),
});
const directorySource = z.object({ repoURL: z.string(), path: z.string(), targetRevision: z.string() });
const refSource = z.object({ repoURL: z.string(), ref: z.string(), targetRevision: z.string() });
const source = z.union([chartSource, directorySource, refSource]);

/** The parts of an Argo CD Application that say what it delivers. */
const applicationObject = z.object({
  kind: z.literal('Application'),
  metadata: z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
  }),
  spec: z.object({
    source: source.optional(),
    sources: z.array(source).optional(),
    destination: z.object({ namespace: z.string() }),
    syncPolicy: z.object({
      automated: z.object({ prune: z.boolean(), selfHeal: z.boolean() }),
      retry: z.object({ limit: z.number() }),
    }),
  }),
});

/** Reads what an Argo CD Application delivers. */
export const readArgocd: DeliveryReader = {
  read(documents, { cluster, unit }) {
    const { metadata, spec } = applicationOf(documents, `${cluster}/delivery/${unit}.yaml`);
    const sources = spec.sources ?? (spec.source === undefined ? [] : [spec.source]);
    const chart = sources.find((one) => 'chart' in one);
    const directory = sources.find((one) => 'path' in one);
    return {
      chart: chart && {
        url: chart.repoURL,
        name: chart.chart,
        version: chart.targetRevision,
        release: chart.helm.releaseName,
        namespace: spec.destination.namespace,
        values: chart.helm.valuesObject,
      },
      objects: directory && {
        repository: directory.repoURL,
        revision: directory.targetRevision,
        path: directory.path,
      },
      follows: sources.find(({ targetRevision }) => targetRevision.startsWith('env/'))?.targetRevision,
      prunes: spec.syncPolicy.automated.prune,
      heals: spec.syncPolicy.automated.selfHeal,
      retries: spec.syncPolicy.retry.limit > 0,
      labels: metadata.labels,
    };
  },
  order(_, units) {
    const waves = new Map(units.map((documents) => waveOf(documents)));
    return (later, earlier) => (waves.get(later) ?? 0) > (waves.get(earlier) ?? 0);
  },
};

function waveOf(documents: Documents): readonly [string, number] {
  const path = [...documents.keys()].find((candidate) => candidate.includes('/delivery/')) ?? '';
  const { labels, annotations } = applicationOf(documents, path).metadata;
  return [labels['drydock.dev/unit'] ?? '', Number(annotations['argocd.argoproj.io/sync-wave'])];
}

function applicationOf(documents: Documents, path: string): z.infer<typeof applicationObject> {
  return applicationObject.parse(documents.get(path)?.[0]);
}
