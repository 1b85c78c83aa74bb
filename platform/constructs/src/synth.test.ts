import { type Cluster, type FleetModel, type Unit, unitsOf } from '@drydock/model';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadAddonObjects } from './addon-objects.ts';
import { synthFleetObjects } from './fleet-objects.ts';
import type { Manifest } from './manifest.ts';
import { loadRepositoryFleet, REPOSITORY_ROOT } from './repository-fixture.ts';
import { synthFleet, synthUnit } from './synth.ts';

const fleet = await loadRepositoryFleet();
const addonObjects = await loadAddonObjects(REPOSITORY_ROOT, fleet);

it('gives an application everything it needs and nothing else', () => {
  expect(synthUnit(fleet, unit(fleet, 'podinfo'), cluster(fleet, 'prod-eu')).files).toMatchSnapshot();
});

it('gives an addon an Argo CD Application with a pinned chart and complete values', () => {
  expect(
    synthUnit(fleet, unit(fleet, 'cilium'), cluster(fleet, 'dev'), addonObjects).files,
  ).toMatchSnapshot();
});

it('gives the hub its projects and one root per cluster', () => {
  expect(synthFleetObjects(fleet)).toMatchSnapshot();
});

it('gives the same bytes every time', () => {
  const once = JSON.stringify([...synthFleet(fleet, addonObjects)].map(({ files }) => files));
  const again = JSON.stringify([...synthFleet(fleet, addonObjects)].map(({ files }) => files));
  expect(again).toBe(once);
});

it('never writes a Secret that carries data', () => {
  const secrets = manifests(fleet).filter(({ kind }) => kind === 'Secret');
  expect(secrets.filter(({ data, stringData }) => data !== undefined || stringData !== undefined)).toEqual(
    [],
  );
});

it('leaves no project open to any repository, destination or kind', () => {
  const projects = Object.values(synthFleetObjects(fleet)).filter((text) =>
    text.includes('kind: AppProject'),
  );
  expect(projects.length).toBeGreaterThan(2);
  for (const project of projects) {
    expect(project).not.toMatch(/(group|namespace|name|server): "\*"|^ +- "\*"/m);
  }
});

function manifests(model: FleetModel): readonly Manifest[] {
  const files = [...synthFleet(model, addonObjects)].flatMap((synthesized) =>
    Object.values(synthesized.files),
  );
  return [...files, ...Object.values(synthFleetObjects(model))].map((text) => parse(text) as Manifest);
}

function unit(model: FleetModel, name: string): Unit {
  return find(unitsOf(model), name);
}

function cluster(model: FleetModel, name: string): Cluster {
  return find(model.clusters, name);
}

function find<Named extends { readonly name: string }>(list: readonly Named[], name: string): Named {
  const found = list.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name} in the repository's fleet`);
  return found;
}
