import { expect, it } from 'vitest';
import { formatProblem, InputError } from './errors.ts';
import { loadFleet } from './load-fleet.ts';
import { memorySource } from './memory-source.ts';
import { SAMPLE_FLEET } from './sample-fleet-fixture.ts';

const PODINFO = 'workloads/demo/podinfo/application.yaml';
const KYVERNO = 'addons/kyverno/addon.yaml';

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const loaded = loadFleet(memorySource(files)).then(
    () => [],
    (error: unknown) => {
      if (error instanceof InputError) return error.problems.map(formatProblem);
      throw error;
    },
  );
  return loaded;
}

function withApplication(
  lines: string,
  others: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  return problemsOf({ ...SAMPLE_FLEET, ...others, [PODINFO]: `${SAMPLE_FLEET[PODINFO]}${lines}` });
}

function addon(name: string, spec: string): Readonly<Record<string, string>> {
  const head = 'apiVersion: drydock.dev/v1alpha1\nkind: Addon\nmetadata:\n';
  return {
    [`addons/${name}/addon.yaml`]: `${head}  name: ${name}\nspec:\n  description: X.\n  namespace: x\n${spec}`,
  };
}

const CHART = '  chart: { repository: https://x.example.org, name: x, version: 1.0.0, release: x }\n';

it.each([
  ['mesh: true', '"mesh" needs mesh, which "dev", "prod-eu" lacks'],
  ['exportTo: fleet', '"exportTo" needs fleet-services, which "dev", "prod-eu" lacks'],
  ['expose: { host: a.example.org }', '"expose" needs gateway, which "dev", "prod-eu" lacks'],
  ['database: {}', '"database" needs databases, which "dev", "prod-eu" lacks'],
  ['secrets: { A: { key: a, property: b } }', '"secrets" needs secrets, which "dev", "prod-eu" lacks'],
  [
    'network: { http: [{ method: GET, path: / }] }',
    '"network.http" needs layer-7-policies, which "dev", "prod-eu" lacks',
  ],
  [
    'rollout: { strategy: abTest, header: { name: a, value: b } }',
    '"abTest" needs a route whose traffic it can split (add "expose", or use "blueGreen")',
  ],
  [
    'rollout: { strategy: canary }',
    '"canary" needs a route whose traffic it can split (add "expose", or use "blueGreen")',
  ],
  ['network: { from: [podinf] }', 'unknown application "podinf" (did you mean "podinfo"?)'],
  ['overlays: { prod: { mesh: true } }', '"mesh" needs mesh, which "prod-eu" lacks'],
])('refuses %s where it cannot work', async (line, expected) => {
  const found = await withApplication(`  ${line}\n`);
  expect(found.filter((text) => text.startsWith(`${PODINFO}:`) && text.includes(expected))).toHaveLength(1);
});

it('refuses images that move or come from elsewhere, also of jobs and in overlays', async () => {
  const lines =
    '  jobs: { a: { image: evil.example.org/b:1 } }\n  overlays: { prod: { image: ghcr.io/a/b:latest } }\n';
  expect(await withApplication(lines)).toEqual([
    `${PODINFO}:8: spec.jobs.a.image: image "evil.example.org/b:1" comes from no registry that the fleet trusts (trusted: cr.l5d.io, docker.io, ghcr.io, quay.io, registry.k8s.io, see "policies" in clusters/fleet.yaml)`,
    `${PODINFO}:9: spec.overlays.prod.image: the tag "latest" moves, so that nobody knows what runs (name a version or a digest)`,
  ]);
});

it('names the addon that would help', async () => {
  const [problem] = await withApplication('  mesh: true\n', addon('linkerd', `${CHART}  provides: [mesh]\n`));
  expect(problem).toContain('(switch on the addon linkerd there)');
});

it('accepts a feature on the clusters that can do it', async () => {
  const linkerd = addon('linkerd', `${CHART}  provides: [mesh]\n  clusters: { roles: [spoke] }\n`);
  expect(await withApplication('  mesh: true\n', linkerd)).toEqual([]);
});

it('refuses two owners of a CRD, and of a Helm release', async () => {
  const crds = '  crds: { installedBy: templates, names: [things.example.org] }\n';
  const found = await problemsOf({
    ...SAMPLE_FLEET,
    ...addon('one', `${CHART}${crds}`),
    ...addon('two', `${CHART}${crds}`),
  });
  expect(found).toEqual([
    'addons/two/addon.yaml:8: spec.chart: the Helm release "x/x" is addon "one" already (set "chart.release")',
    'addons/two/addon.yaml:9: spec.crds.names[0]: CRD "things.example.org" belongs to addon "one" already (let "two" depend on "one", and switch its own copy off in the values)',
  ]);
});

it('refuses an addon that installs nothing', async () => {
  expect(await problemsOf({ ...SAMPLE_FLEET, ...addon('empty', '') })).toEqual([
    'addons/empty/addon.yaml:6: spec: addon "empty" installs nothing (add a chart, a git source, or addons/empty/objects.ts)',
  ]);
});

it('finds a misspelt path in values that have a schema', async () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      server: { type: 'object', additionalProperties: false, properties: { replicas: { type: 'integer' } } },
    },
  };
  const files = {
    ...SAMPLE_FLEET,
    'addons/kyverno/values.schema.json': JSON.stringify(schema),
    'addons/kyverno/values.yaml': 'server:\n  replica: 3\n',
  };
  expect(await problemsOf(files)).toEqual([
    'addons/kyverno/values.yaml:2: server.replica: unknown field "replica" (did you mean "replicas"?)',
  ]);
});

it('refuses an ApplicationSet for the hub, which no cluster generator finds', async () => {
  const file = (SAMPLE_FLEET[KYVERNO] ?? '').concat('  delivery: applicationset\n');
  expect(await problemsOf({ ...SAMPLE_FLEET, [KYVERNO]: file })).toEqual([
    `${KYVERNO}:12: spec.delivery: an ApplicationSet finds clusters by their Secret, which the hub "hub" has not (use "delivery: application")`,
  ]);
});

it('refuses a dependency that another engine delivers', async () => {
  const file = (SAMPLE_FLEET[KYVERNO] ?? '').concat('  engine: flux\n');
  const found = await withApplication('  dependsOn: [kyverno]\n  clusters: { names: [dev] }\n', {
    [KYVERNO]: file,
  });
  expect(found).toEqual([
    `${PODINFO}:8: spec.dependsOn[0]: "podinfo" needs "kyverno", which another engine delivers on "dev" (neither engine can wait for the other: give both the same "engine")`,
  ]);
});
