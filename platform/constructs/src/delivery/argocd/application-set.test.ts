import { loadFleet, memorySource } from '@drydock/model';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { synthFleetObjects } from '../../fleet-objects.ts';
import type { Manifest } from '../../manifest.ts';
import { synthUnit } from '../../synth.ts';
import { fleetWith } from '../contract-fleet-fixture.ts';

const files = fleetWith('argocd');
const CHART = 'addons/https-chart/addon.yaml';
const PODINFO = 'workloads/demo/podinfo/application.yaml';
const fleet = await loadFleet(
  memorySource({
    ...files,
    [CHART]: `${files[CHART]}  delivery: applicationset\n`,
    [PODINFO]: `${files[PODINFO]}  delivery: applicationset\n`,
  }),
);

/** Fills in a template as Argo CD would, for the expressions that ours use. */
function filled(set: Manifest, release: string): unknown {
  const { version, values } = (
    JSON.parse(release) as { readonly release: { version?: string; values?: object } }
  ).release;
  const text = JSON.stringify((set.spec as { readonly template: object }).template)
    .replaceAll('{{ .name }}', 'dev')
    .replaceAll('{{ index .metadata.labels \\"drydock.dev/environment\\" }}', 'dev')
    .replaceAll('{{ .release.version }}', version ?? '')
    .replaceAll('"{{ toJson .release.values }}"', JSON.stringify(JSON.stringify(values)));
  expect(text).not.toContain('{{');
  return JSON.parse(text);
}

function setOf(name: string): Manifest {
  return parse(synthFleetObjects(fleet)[`bootstrap/applicationset-${name}.yaml`] ?? '') as Manifest;
}

function filesOf(name: string): Readonly<Record<string, string>> {
  const unit = [...fleet.addons, ...fleet.applications].find((one) => one.name === name);
  const dev = fleet.clusters.find((one) => one.name === 'dev');
  return unit && dev ? synthUnit(fleet, unit, dev).files : {};
}

it('makes of a chart the Application that would be there without it', async () => {
  const own = filesOf('https-chart');
  expect(Object.keys(own)).toEqual(['units/https-chart/release.json']);
  expect(filled(setOf('https-chart'), own['units/https-chart/release.json'] ?? '')).toMatchObject({
    metadata: { name: 'dev.https-chart', labels: { 'drydock.dev/environment': 'dev' } },
    spec: {
      project: 'addons',
      destination: { name: 'dev', namespace: 'web-system' },
      sources: [
        {
          repoURL: 'https://charts.example.org',
          chart: 'web',
          targetRevision: '1.2.3',
          helm: { releaseName: 'https-chart', values: '{"cluster":"dev","replicas":2}' },
        },
        { ref: 'branch', targetRevision: 'env/dev' },
      ],
    },
  });
});

it('makes of an application the Application of its folder, without the release file', () => {
  const own = filesOf('podinfo');
  expect(Object.keys(own)).toContain('units/podinfo/deployment-podinfo.yaml');
  expect(Object.keys(own)).not.toContain('delivery/podinfo.yaml');
  expect(filled(setOf('podinfo'), own['units/podinfo/release.json'] ?? '')).toMatchObject({
    spec: {
      source: {
        path: 'dev/units/podinfo',
        targetRevision: 'env/dev',
        directory: { exclude: 'release.json' },
      },
    },
  });
});

it('takes clusters by their label and the release of each from its environment branch', () => {
  expect(setOf('https-chart').spec).toMatchObject({
    generators: [
      {
        matrix: {
          generators: [
            {
              clusters: { selector: { matchExpressions: [{ key: 'drydock.dev/cluster', values: ['dev'] }] } },
            },
            { git: { files: [{ path: '{{ .name }}/units/https-chart/release.json' }] } },
          ],
        },
      },
    ],
  });
});

it('reads values from a file beside the Application where an addon wants it so', async () => {
  const filed = await loadFleet(
    memorySource({
      ...files,
      [CHART]: (files[CHART] ?? '').replace('version: 1.2.3', 'version: 1.2.3, valuesIn: file'),
    }),
  );
  const [addon] = filed.addons;
  const dev = filed.clusters.find(({ name }) => name === 'dev');
  const own = addon && dev ? synthUnit(filed, addon, dev).files : {};
  expect(own['units/https-chart/values.helm']).toBe('cluster: dev\nreplicas: 2\n');
  expect(parse(own['delivery/https-chart.yaml'] ?? '')).toMatchObject({
    spec: {
      sources: [
        { chart: 'web', helm: { valueFiles: ['$values/dev/units/https-chart/values.helm'] } },
        { ref: 'values', targetRevision: 'env/dev' },
      ],
    },
  });
});
