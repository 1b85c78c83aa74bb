import { unitsOf } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadAddonObjects } from './addon-objects.ts';
import { loadCatalogueFleet } from './catalogue-fleet-fixture.ts';
import type { Manifest } from './manifest.ts';
import { REPOSITORY_ROOT } from './repository-fixture.ts';
import { synthFleet } from './synth.ts';

describe.each(['argocd', 'flux'] as const)(
  'every addon and every example, delivered by %s',
  async (engine) => {
    const fleet = await loadCatalogueFleet(engine);
    const synthesized = [...synthFleet(fleet, await loadAddonObjects(REPOSITORY_ROOT, fleet))];
    const manifests = synthesized.flatMap(({ files }) =>
      Object.values(files).flatMap((text) => parseAllDocuments(text).map((one) => one.toJS() as Manifest)),
    );

    it('is on at least one cluster', () => {
      const known = [...fleet.addons, ...fleet.applications].map(({ name }) => name).sort();
      expect(unitsOf(fleet).map(({ name }) => name)).toEqual(known);
    });

    it('breaks none of the policies of the fleet', () => {
      expect(synthesized.flatMap(({ problems }) => problems)).toEqual([]);
    });

    it('writes no Secret with data, and no object without a name', () => {
      expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
      expect(manifests.filter(({ metadata }) => typeof metadata.name !== 'string')).toEqual([]);
    });

    it('pins every chart and every git source to one version', () => {
      const text = JSON.stringify(manifests);
      expect(text).not.toMatch(/"targetRevision":"(\*|HEAD|main|master|[\^~><])/);
    });

    it('never writes one object twice for a cluster', () => {
      for (const name of fleet.clusters.map((cluster) => cluster.name)) {
        const ids = synthesized
          .filter(({ cluster }) => cluster === name)
          .flatMap(({ files }) => Object.values(files))
          .flatMap((file) => parseAllDocuments(file).map((one) => one.toJS() as Manifest))
          .filter(({ kind }) => kind !== 'Namespace')
          .map(
            ({ apiVersion, kind, metadata }) =>
              `${apiVersion} ${kind} ${String(metadata.namespace)}/${metadata.name}`,
          );
        expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      }
    });
  },
);

describe('the examples', async () => {
  const fleet = await loadCatalogueFleet('argocd');
  const addonObjects = await loadAddonObjects(REPOSITORY_ROOT, fleet);
  const showcase = [...synthFleet(fleet, addonObjects)].filter(
    ({ unit, cluster }) => unit.kind === 'Application' && unit.team === 'showcase' && cluster === 'prod-eu',
  );

  it.each(showcase.map(({ unit, files }) => [unit.name, files] as const))(
    'show what %s becomes',
    (name, files) => {
      const own = Object.entries(files).filter(([path]) => path.startsWith(`units/${name}/`));
      expect(Object.fromEntries(own)).toMatchSnapshot();
    },
  );
});
