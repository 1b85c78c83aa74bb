import { describe, expect, it } from 'vitest';
import { formatProblem, InputError } from './errors.ts';
import { targetsOf, unitsOf, wavesOf, workloadIn } from './fleet-model.ts';
import { loadFleet } from './load-fleet.ts';
import { memorySource } from './memory-source.ts';
import { SAMPLE_FLEET } from './sample-fleet-fixture.ts';

const PODINFO = 'workloads/demo/podinfo/application.yaml';
const DEV = 'clusters/dev/cluster.yaml';
const KYVERNO = 'addons/kyverno/addon.yaml';
const FLEET = 'clusters/fleet.yaml';

async function problemsOf(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, 'symlink' | 'submodule'>> = {},
): Promise<readonly string[]> {
  try {
    await loadFleet(memorySource(files, links));
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(formatProblem);
    throw error;
  }
}

function changed(file: string, from: string, to: string): Readonly<Record<string, string>> {
  const text = SAMPLE_FLEET[file] ?? '';
  expect(text).toContain(from);
  return { ...SAMPLE_FLEET, [file]: text.replace(from, to) };
}

function added(file: string, lines: string): Readonly<Record<string, string>> {
  return { ...SAMPLE_FLEET, [file]: (SAMPLE_FLEET[file] ?? '') + lines };
}

describe('a sound fleet', () => {
  it('is flattened, defaulted, sorted and frozen', async () => {
    const fleet = await loadFleet(memorySource(SAMPLE_FLEET));
    expect(fleet.repository).toBe('http://git.drydock.internal/sample.git');
    expect(fleet.clusters.map(({ name }) => name)).toEqual(['dev', 'hub', 'prod-eu']);
    expect(unitsOf(fleet).map(({ name }) => name)).toEqual(['kyverno', 'podinfo']);
    expect(Object.isFrozen(fleet.applications[0]?.workload.ports[0])).toBe(true);
  });

  it('sends an application to every spoke and an addon to the clusters that switch it on', async () => {
    const fleet = await loadFleet(memorySource(changed(DEV, 'kyverno: enabled', 'kyverno: disabled')));
    const targets = unitsOf(fleet).map((unit) => targetsOf(fleet, unit).map(({ name }) => name));
    expect(targets).toEqual([
      ['hub', 'prod-eu'],
      ['dev', 'prod-eu'],
    ]);
  });

  it('does not count an addon that no cluster switches on as a unit', async () => {
    const off = Object.entries(SAMPLE_FLEET).map(([path, text]) => [
      path,
      text.replace(': enabled', ': disabled'),
    ]);
    const fleet = await loadFleet(memorySource(Object.fromEntries(off)));
    expect(fleet.addons).toHaveLength(1);
    expect(unitsOf(fleet).map(({ name }) => name)).toEqual(['podinfo']);
  });

  it('reads only the applications that are asked for', async () => {
    const web = (SAMPLE_FLEET[PODINFO] ?? '')
      .replace('name: podinfo', 'name: web')
      .concat('  dependsOn: [podinfo]\n');
    const files = { ...SAMPLE_FLEET, 'workloads/demo/web/application.yaml': web, [PODINFO]: 'not read' };
    const fleet = await loadFleet(memorySource(files), { applications: new Set(['web']) });
    expect(fleet.applications.map(({ name }) => name)).toEqual(['web']);
  });

  it('puts clusters that no wave names into a last wave', async () => {
    const fleet = await loadFleet(memorySource(SAMPLE_FLEET));
    const prod = fleet.environments.find(({ name }) => name === 'prod');
    expect(prod && wavesOf(prod, ['hub', 'prod-eu'])).toEqual([['prod-eu'], ['hub']]);
    expect(prod && wavesOf(prod, ['hub'])).toEqual([['hub']]);
  });

  it('lays an overlay over what was written', async () => {
    const overlay = '  env: { A: a, B: b }\n  overlays:\n    prod:\n      replicas: 3\n      env: { B: c }\n';
    const fleet = await loadFleet(memorySource(added(PODINFO, overlay)));
    const [podinfo] = fleet.applications;
    expect(podinfo && workloadIn(podinfo, 'prod')).toMatchObject({ replicas: 3, env: { A: 'a', B: 'c' } });
    expect(podinfo && workloadIn(podinfo, 'dev')).toMatchObject({ replicas: 1, env: { A: 'a', B: 'b' } });
  });
});

describe('a fleet with a mistake', () => {
  const values = { 'addons/kyverno/values.yaml': `cluster: $\{{ cluster.nam }}\n` };
  const table: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      'a misspelt field',
      changed(PODINFO, 'image:', 'imagee: x\n  image:'),
      `${PODINFO}:6: spec.imagee: unknown field "imagee" (did you mean "image"?)`,
    ],
    [
      'a wrong type',
      changed(PODINFO, '9898', 'http'),
      `${PODINFO}:7: spec.port: expected number, got "http"`,
    ],
    [
      'an image without a tag',
      changed(PODINFO, ':6.9.0', ''),
      `${PODINFO}:6: spec.image: expected an image with a tag or a digest, got "ghcr.io/stefanprodan/podinfo"`,
    ],
    [
      'a missing field',
      changed(PODINFO, '  image: ghcr.io/stefanprodan/podinfo:6.9.0\n', ''),
      `${PODINFO}:6: spec.image: expected string, got nothing`,
    ],
    [
      'a name unlike its folder',
      changed(PODINFO, 'name: podinfo', 'name: podinfi'),
      `${PODINFO}:4: metadata.name: expected "podinfo" like the folder, got "podinfi"`,
    ],
    [
      'an overlay of an unknown environment',
      added(PODINFO, '  overlays: { prd: {} }\n'),
      `${PODINFO}:8: spec.overlays.prd: unknown environment "prd" (did you mean "prod"?)`,
    ],
    [
      'a misspelt field in an overlay',
      added(PODINFO, '  overlays: { prod: { replica: 2 } }\n'),
      `${PODINFO}:8: spec.overlays.prod.replica: unknown field "replica" (did you mean "replicas"?)`,
    ],
    [
      'a probe of an unknown port',
      added(PODINFO, '  probes: { readiness: { port: htp } }\n'),
      `${PODINFO}:8: spec.probes.readiness.port: unknown port "htp" (did you mean "http"?)`,
    ],
    [
      'an unknown dependency',
      added(PODINFO, '  dependsOn: [kivverno]\n'),
      `${PODINFO}:8: spec.dependsOn[0]: unknown unit "kivverno" (did you mean "kyverno"?)`,
    ],
    [
      'a cycle',
      added(PODINFO, '  dependsOn: [podinfo]\n'),
      `${PODINFO}:8: spec.dependsOn: units in a cycle: podinfo => podinfo`,
    ],
    [
      'a prerequisite that a cluster lacks',
      {
        ...added(PODINFO, '  dependsOn: [kyverno]\n'),
        [DEV]: (SAMPLE_FLEET[DEV] ?? '').replace('enabled', 'disabled'),
      },
      `${PODINFO}:8: spec.dependsOn[0]: "podinfo" needs "kyverno", which is not on "dev" (select the same clusters for "kyverno")`,
    ],
    [
      'a unit name taken twice',
      {
        ...SAMPLE_FLEET,
        'workloads/demo/kyverno/application.yaml': (SAMPLE_FLEET[PODINFO] ?? '')
          .replace('name: podinfo', 'name: kyverno\n')
          .replace('port: 9898', 'namespace: other'),
      },
      'workloads/demo/kyverno/application.yaml:4: metadata.name: the name "kyverno" is taken by addons/kyverno/addon.yaml (unit names are unique in the fleet)',
    ],
    [
      'a namespace of somebody else',
      added(PODINFO, '  namespace: kyverno\n'),
      `${PODINFO}:8: spec.namespace: the namespace "kyverno" belongs to addon "kyverno" (one namespace per application)`,
    ],
    [
      'an application that goes nowhere',
      added(PODINFO, '  clusters: { names: [dev], environments: [prod] }\n'),
      `${PODINFO}:8: spec.clusters: application "podinfo" goes to no cluster`,
    ],
    [
      'a label that nothing sets',
      added(PODINFO, '  clusters: { labels: { regoin: eu } }\n'),
      `${PODINFO}:8: spec.clusters.labels.regoin: unknown cluster label "regoin" (known: addon.drydock.dev/kyverno)`,
    ],
    [
      'a label of another addon',
      added(KYVERNO, '  clusters: { labels: { addon.drydock.dev/cilium: enabled } }\n'),
      `${KYVERNO}:12: spec.clusters.labels["addon.drydock.dev/cilium"]: "addon.drydock.dev/cilium" switches another addon on (use "addon.drydock.dev/kyverno", and "dependsOn" for what it needs)`,
    ],
    [
      'a version that is not a version',
      changed(KYVERNO, '3.8.2', '3.8.x'),
      `${KYVERNO}:11: spec.chart.version: expected one exact version such as "1.20.0", got "3.8.x"`,
    ],
    [
      'a repository of another kind',
      changed(KYVERNO, 'https:', 'http:'),
      `${KYVERNO}:9: spec.chart.repository: expected a repository that starts with "https://" or "oci://", got "http://kyverno.github.io/kyverno"`,
    ],
    [
      'an unknown addon on a cluster',
      changed(DEV, 'dev/kyverno', 'dev/kyvern'),
      `${DEV}:6: metadata.labels["addon.drydock.dev/kyvern"]: unknown addon "kyvern" (did you mean "kyverno"?)`,
    ],
    [
      'an unknown environment',
      changed(DEV, 'environment: dev', 'environment: test'),
      `${DEV}:9: spec.environment: unknown environment "test" (known: dev, prod)`,
    ],
    [
      'an environment without cluster',
      changed(DEV, 'environment: dev', 'environment: prod'),
      `${FLEET}:7: spec.environments[0]: environment "dev" has no cluster (give a cluster "environment: dev", or remove the environment)`,
    ],
    [
      'overlapping networks',
      changed(DEV, '10.2.0.0/16', '10.0.0.0/14'),
      'clusters/hub/cluster.yaml:12: spec.network.podSubnet: 10.1.0.0/16 overlaps with 10.0.0.0/14, the podSubnet of cluster "dev"',
    ],
    [
      'a second hub',
      changed(DEV, 'role: spoke', 'role: hub'),
      'clusters/hub/cluster.yaml:10: spec.role: expected one cluster with "role: hub", got "dev" and "hub"',
    ],
    [
      'an id used twice',
      changed(DEV, 'id: 2', 'id: 1'),
      'clusters/hub/cluster.yaml:8: spec.id: cluster "dev" has the id 1 too',
    ],
    [
      'a cycle of environments',
      changed(FLEET, '- name: dev\n', '- name: dev\n      after: [prod]\n'),
      `${FLEET}:8: spec.environments[0].after: environments in a cycle: dev => prod => dev`,
    ],
    [
      'a wave of another environment',
      changed(FLEET, '[prod-eu]', '[dev]'),
      `${FLEET}:13: spec.environments[1].waves[0][0]: expected a cluster of "prod", got "dev" of "dev"`,
    ],
    [
      'an unknown variable in values',
      { ...SAMPLE_FLEET, ...values },
      'addons/kyverno/values.yaml:1: cluster: unknown variable "cluster.nam" (did you mean "cluster.name"?)',
    ],
    [
      'values of an unknown environment',
      { ...SAMPLE_FLEET, 'addons/kyverno/values.environment.prd.yaml': 'a: 1\n' },
      'addons/kyverno/values.environment.prd.yaml:1: unknown environment "prd" (did you mean "prod"?)',
    ],
    [
      'an environment that would get no values',
      { ...SAMPLE_FLEET, 'addons/kyverno/values.environment.prod.yaml': 'a: 1\n' },
      `${KYVERNO}:4: metadata.name: environment "dev" has no values of its own, but prod has (add values.environment.dev.yaml, "{}" if nothing differs)`,
    ],
    [
      'a file that nothing reads',
      { ...SAMPLE_FLEET, 'addons/kyverno/value.yaml': 'a: 1\n' },
      'addons/kyverno/value.yaml: nothing reads this file (see the layout in the documentation of the configuration)',
    ],
    [
      'a team without a file',
      {
        ...SAMPLE_FLEET,
        'workloads/other/web/application.yaml': (SAMPLE_FLEET[PODINFO] ?? '').replace(
          'name: podinfo',
          'name: web',
        ),
      },
      'workloads/other/team.yaml: expected this file for the team of application "web"',
    ],
    [
      'broken YAML',
      changed(PODINFO, 'name: podinfo', 'name: [podinfo'),
      `${PODINFO}:5: Flow sequence in block collection must be sufficiently indented and end with a ]`,
    ],
    ['a duplicate key', added(PODINFO, '  port: 1\n'), `${PODINFO}:8: Map keys must be unique`],
    [
      'an unknown team in a grant',
      added(FLEET, '  access: [{ user: a, role: deployer, teams: [dmo] }]\n'),
      `${FLEET}:14: spec.access[0].teams[0]: unknown team "dmo" (did you mean "demo"?)`,
    ],
  ];
  it.each(table)('names %s with its place and remedy', async (_, files, expected) => {
    expect(await problemsOf(files)).toContain(expected);
  });

  it('names everything at once', async () => {
    const files = {
      ...changed(PODINFO, '9898', 'http'),
      [DEV]: 'kind: Cluster\n',
      'clusters/x.yaml': 'a: 1\n',
    };
    const found = await problemsOf(files);
    expect(found.filter((text) => text.startsWith(PODINFO))).not.toHaveLength(0);
    expect(found.filter((text) => text.startsWith(DEV))).not.toHaveLength(0);
    expect(found.filter((text) => text.startsWith('clusters/x.yaml'))).not.toHaveLength(0);
  });

  it('refuses symlinks and submodules', async () => {
    const found = await problemsOf(SAMPLE_FLEET, {
      'addons/a/addon.yaml': 'symlink',
      'workloads/b': 'submodule',
    });
    expect(found).toEqual([
      'addons/a/addon.yaml: expected a file, got a symlink (put the file itself here)',
      'workloads/b: expected a file, got a submodule (put the file itself here)',
    ]);
  });

  it('refuses a document that multiplies by aliases', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
    const bomb = `a0: &a0 [x]\n${levels.join('\n')}\n`;
    const found = await problemsOf({ ...SAMPLE_FLEET, 'addons/kyverno/values.yaml': bomb });
    expect(found[0]).toMatch(/^addons\/kyverno\/values.yaml: expected at most 100 aliases/);
  });

  it('refuses a file over the size limit', async () => {
    const big = `a: ${'x'.repeat(300 * 1024)}\n`;
    const found = await problemsOf({ ...SAMPLE_FLEET, 'addons/kyverno/values.yaml': big });
    expect(found).toEqual(['addons/kyverno/values.yaml: expected at most 256 KiB, got 301 KiB']);
  });

  it('asks for the fleet file when there is none', async () => {
    const { [FLEET]: _, ...rest } = SAMPLE_FLEET;
    expect(await problemsOf(rest)).toEqual([`${FLEET}: expected this file, got nothing`]);
  });
});
