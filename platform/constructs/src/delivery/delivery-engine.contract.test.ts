import { type Cluster, type FleetModel, loadFleet, memorySource, type Unit } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../manifest.ts';
import { type SynthesizedUnit, synthUnit } from '../synth.ts';
import { readArgocd } from './argocd/read-argocd-fixture.ts';
import { fleetWith } from './contract-fleet-fixture.ts';
import { readFlux } from './flux/read-flux-fixture.ts';
import type { ReadBack } from './read-back-fixture.ts';

const READERS = { argocd: readArgocd, flux: readFlux } as const;

describe.each(['argocd', 'flux'] as const)('delivery by %s', async (engine) => {
  const fleet = await loadFleet(memorySource(fleetWith(engine)));

  it('installs exactly the pinned chart from a chart repository, with complete values', () => {
    expect(delivered('https-chart').chart).toEqual({
      url: 'https://charts.example.org',
      name: 'web',
      version: '1.2.3',
      release: 'https-chart',
      namespace: 'web-system',
      values: { cluster: 'dev', replicas: 2 },
    });
  });

  it('installs exactly the pinned chart from an OCI registry', () => {
    expect(delivered('oci-chart').chart).toMatchObject({
      url: 'registry.example.org/charts',
      name: 'api',
      version: 'v0.9.0',
      release: 'api',
      namespace: 'api-system',
    });
  });

  it('applies plain objects from the folder of the unit on the environment branch', () => {
    const plain = delivered('podinfo');
    expect(plain.chart).toBeUndefined();
    expect(plain.objects).toEqual({
      repository: fleet.repository,
      revision: 'env/dev',
      path: 'dev/units/podinfo',
    });
  });

  it.each(['https-chart', 'oci-chart', 'podinfo'])('says at which commit %s is', (name) => {
    expect(delivered(name).follows).toBe('env/dev');
  });

  it.each(['https-chart', 'oci-chart', 'podinfo'])(
    'prunes what left git and corrects drift of %s',
    (name) => {
      expect(delivered(name)).toMatchObject({ prunes: true, heals: true, retries: true });
    },
  );

  it.each(['https-chart', 'podinfo'])('labels %s so that its delivery is found again', (name) => {
    expect(delivered(name).labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'drydock',
      'drydock.dev/unit': name,
      'drydock.dev/cluster': 'dev',
      'drydock.dev/environment': 'dev',
    });
  });

  it('brings a unit after what it depends on', () => {
    const order = READERS[engine].order(
      fleet,
      ['https-chart', 'oci-chart', 'podinfo'].map((name) => documents(name)),
    );
    expect(order('oci-chart', 'https-chart')).toBe(true);
    expect(order('podinfo', 'https-chart')).toBe(true);
    expect(order('https-chart', 'oci-chart')).toBe(false);
  });

  it('keeps every file below its unit and its delivery folder', () => {
    for (const name of ['https-chart', 'oci-chart', 'podinfo']) {
      for (const path of Object.keys(synthesized(name).files)) {
        expect(path).toMatch(new RegExp(`^(delivery/${name}\\.yaml$|units/${name}/)`));
      }
    }
  });

  it('gives the same bytes again', () => {
    expect(synthesized('https-chart').files).toEqual(synthesized('https-chart').files);
  });

  function synthesized(name: string): SynthesizedUnit {
    return synthUnit(fleet, unit(fleet, name), cluster(fleet, 'dev'));
  }

  function documents(name: string): ReadonlyMap<string, readonly Manifest[]> {
    const files = Object.entries(synthesized(name).files);
    return new Map(
      files.map(([path, text]) => [
        `dev/${path}`,
        parseAllDocuments(text).map((one) => one.toJS() as Manifest),
      ]),
    );
  }

  function delivered(name: string): ReadBack {
    return READERS[engine].read(documents(name), { cluster: 'dev', unit: name });
  }
});

it('keeps a unit that chose the other engine apart from the root of the cluster', async () => {
  const files = fleetWith('argocd');
  const addon = files['addons/https-chart/addon.yaml'] ?? '';
  const alone: Readonly<Record<string, string>> = {
    ...files,
    'addons/https-chart/addon.yaml': `${addon}  engine: flux\n`,
  };
  const { 'addons/oci-chart/addon.yaml': _, 'workloads/demo/podinfo/application.yaml': __, ...rest } = alone;
  const labels = rest['clusters/dev/cluster.yaml'] ?? '';
  const fleet = await loadFleet(
    memorySource({
      ...rest,
      'clusters/dev/cluster.yaml': labels.replace(/ {4}addon.drydock.dev\/oci-chart.*\n/, ''),
    }),
  );
  const { files: synthesized } = synthUnit(fleet, unit(fleet, 'https-chart'), cluster(fleet, 'dev'));
  expect(Object.keys(synthesized)).toContain('delivery-flux/https-chart.yaml');
  expect(Object.keys(synthesized)).not.toContain('delivery/https-chart.yaml');
});

function unit(fleet: FleetModel, name: string): Unit {
  const units: readonly Unit[] = [...fleet.addons, ...fleet.applications];
  const found = units.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no unit ${name}`);
  return found;
}

function cluster(fleet: FleetModel, name: string): Cluster {
  const found = fleet.clusters.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
}
