import { z } from 'zod';
import type { Manifest } from '../../manifest.ts';
import type { DeliveryReader, Documents, ReadBack } from '../read-back-fixture.ts';
import { FLEET_SOURCE } from './kustomization.ts';

const named = z.object({ name: z.string() });
const kustomizationObject = z.object({
  kind: z.literal('Kustomization'),
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    path: z.string(),
    prune: z.boolean(),
    sourceRef: named,
    interval: z.string(),
    retryInterval: z.string().optional(),
    dependsOn: z.array(named).default([]),
  }),
});
const releaseObject = z.object({
  spec: z.object({
    releaseName: z.string(),
    targetNamespace: z.string(),
    values: z.record(z.string(), z.json()),
    chart: z.object({ spec: z.object({ chart: z.string(), version: z.string() }) }).optional(),
    driftDetection: z.object({ mode: z.literal('enabled') }),
  }),
});
const sourceObject = z.object({
  spec: z.object({ url: z.string(), ref: z.object({ tag: z.string() }).optional() }),
});

/** Reads what Flux's objects deliver. */
export const readFlux: DeliveryReader = {
  read(documents, { cluster, unit }) {
    const steps = stepsOf(documents, `${cluster}/delivery/${unit}.yaml`);
    const last = steps.at(-1);
    const first = steps[0];
    const inside = [...documents].filter(([path]) => path.startsWith(`${first?.spec.path.slice(2)}/`));
    const manifests = inside.flatMap(([, list]) => list);
    const release = manifests.find(({ kind }) => kind === 'HelmRelease');
    const chart = release === undefined ? undefined : chartOf(release, manifests);
    const revision = `env/${first?.metadata.labels['drydock.dev/environment']}`;
    const hasObjects = chart === undefined || steps.length > 1;
    return {
      chart,
      objects: hasObjects
        ? { repository: REPOSITORY, revision, path: last?.spec.path.slice(2) ?? '' }
        : undefined,
      follows: steps.every(({ spec }) => spec.sourceRef.name === FLEET_SOURCE) ? revision : undefined,
      prunes: steps.every(({ spec }) => spec.prune),
      heals: steps.every(({ spec }) => spec.interval !== ''),
      retries: steps.every(({ spec }) => spec.retryInterval !== undefined),
      labels: last?.metadata.labels ?? {},
    };
  },
  order(_, units) {
    const needs = new Map(units.flatMap((documents) => needsOf(documents)));
    const comesAfter = (later: string, earlier: string): boolean =>
      (needs.get(later) ?? []).some((name) => name === earlier || comesAfter(name, earlier));
    return comesAfter;
  },
};

/** A Kustomization reads the GitRepository of its cluster; the fleets of the contract suite leave its URL alone. */
const REPOSITORY = 'http://git.drydock.internal/contract.git';

function chartOf(release: Manifest, manifests: readonly Manifest[]): ReadBack['chart'] {
  const { spec } = releaseObject.parse(release);
  const found = manifests.find(({ kind }) => kind === 'HelmRepository' || kind === 'OCIRepository');
  const source = sourceObject.parse(found).spec;
  const [, url = '', name = ''] = /^oci:\/\/(.*)\/([^/]+)$/.exec(source.url) ?? [];
  return {
    url: spec.chart === undefined ? url : source.url,
    name: spec.chart?.spec.chart ?? name,
    version: spec.chart?.spec.version ?? source.ref?.tag ?? '',
    release: spec.releaseName,
    namespace: spec.targetNamespace,
    values: spec.values,
  };
}

function needsOf(documents: Documents): readonly (readonly [string, readonly string[]])[] {
  const path = [...documents.keys()].find((candidate) => candidate.includes('/delivery/')) ?? '';
  return stepsOf(documents, path).map(({ metadata, spec }) => [
    metadata.name,
    spec.dependsOn.map(({ name }) => name),
  ]);
}

function stepsOf(documents: Documents, path: string): readonly z.infer<typeof kustomizationObject>[] {
  const steps = (documents.get(path) ?? []).map((manifest) => kustomizationObject.parse(manifest));
  if (steps.length === 0) throw new Error(`no Kustomization in ${path}`);
  return steps;
}
