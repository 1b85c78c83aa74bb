import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadAddonObjects } from './addon-objects.ts';
import { loadCatalogueFleet } from './catalogue-fleet-fixture.ts';
import { synthFleetObjects } from './fleet-objects.ts';
import type { Manifest } from './manifest.ts';
import { REPOSITORY_ROOT } from './repository-fixture.ts';
import { synthFleet } from './synth.ts';

/** Packages with validators that were compiled from the projects' own CRDs, by API group. */
const PACKAGES: Readonly<Record<string, string>> = {
  'argoproj.io': 'argo-cd',
  'cert-manager.io': 'cert-manager',
  'cilium.io': 'cilium',
  'external-secrets.io': 'external-secrets',
  'gateway.networking.k8s.io': 'gateway-api',
  'helm.toolkit.fluxcd.io': 'flux-cd',
  'kustomize.toolkit.fluxcd.io': 'flux-cd',
  'kyverno.io': 'kyverno',
  'source.toolkit.fluxcd.io': 'flux-cd',
};
const BUILT_IN = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]);

type Model = new (manifest: Manifest) => { validate(): void };

describe.each(['argocd', 'flux'] as const)(
  'every object of the catalogue, delivered by %s',
  async (engine) => {
    const fleet = await loadCatalogueFleet(engine);
    const files = [
      ...[...synthFleet(fleet, await loadAddonObjects(REPOSITORY_ROOT, fleet))].flatMap((unit) =>
        Object.values(unit.files),
      ),
      ...Object.values(synthFleetObjects(fleet)),
    ];
    const manifests = [...new Set(files)].flatMap((text) =>
      parseAllDocuments(text).map((one) => one.toJS() as Manifest),
    );
    const kinds = [...Map.groupBy(manifests, ({ apiVersion, kind }) => `${apiVersion} ${kind}`)];
    const known = kinds.filter(([type]) => moduleOf(type) !== undefined);

    it('is of a kind that is checked here in most cases', () => {
      expect(known.length).toBeGreaterThan(20);
    });

    it.each(known)('fits the schema of %s', async (type, objects) => {
      const module = (await import(moduleOf(type) ?? '')) as Readonly<Record<string, Model>>;
      const Kind = module[type.split(' ')[1] ?? ''];
      if (Kind === undefined) throw new Error(`${moduleOf(type)} does not export ${type}`);
      for (const manifest of objects)
        expect(() => new Kind(manifest).validate(), manifest.metadata.name).not.toThrow();
    });
  },
);

it('notices an object that does not fit', async () => {
  const { Application } = (await import('@kubernetes-models/argo-cd/argoproj.io/v1alpha1')) as unknown as {
    readonly Application: Model;
  };
  const wrong = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'a' },
    spec: { project: 1 },
  };
  expect(() => new Application(wrong).validate()).toThrow();
});

function moduleOf(type: string): string | undefined {
  const [apiVersion = ''] = type.split(' ');
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  if (BUILT_IN.has(group)) return `kubernetes-models/${group === '' ? version : `${group}/${version}`}`;
  const name = PACKAGES[group];
  return name === undefined ? undefined : `@kubernetes-models/${name}/${group}/${version}`;
}
