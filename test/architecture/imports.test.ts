import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkImports, checkManifests } from './check-imports.ts';
import { checkProcesses, missingEntryPoints } from './check-processes.ts';
import { type Arrows, PACKAGES } from './policy.ts';
import { type Manifest, type Repository, readRepository } from './repository.ts';
import { importsOf } from './source-text.ts';

const repository = await readRepository(join(import.meta.dirname, '..', '..'));

/** Every package declares what it may import; only cli leaves out the agent. */
const MANIFESTS: readonly Manifest[] = Object.entries<Arrows>({ ...PACKAGES, new: { code: [] } }).map(
  ([name, { code, tests = [] }]) => ({
    folder: `platform/${name}`,
    name: `@drydock/${name}`,
    exports: [`@drydock/${name}`, ...(name === 'promoter' ? ['@drydock/promoter/access'] : [])],
    dependencies: [
      ...code.filter((other) => name !== 'cli' || other !== 'agent').map((other) => `@drydock/${other}`),
      ...(name === 'constructs' ? ['cdk8s', 'cdk8s-plus-28', 'constructs'] : []),
    ],
    devDependencies: tests.map((other) => `@drydock/${other}`),
  }),
);

describe('this repository', () => {
  it('is read at all', () => {
    const packages = repository.manifests.filter(({ folder }) => folder.startsWith('platform/'));
    expect(packages.map(({ folder }) => folder.slice('platform/'.length)).sort()).toEqual(
      Object.keys(PACKAGES).sort(),
    );
    expect(repository.files.length).toBeGreaterThan(200);
  });

  it('imports along the arrows only', () => expect(checkImports(repository)).toEqual([]));
  it('declares dependencies along the arrows only', () => expect(checkManifests(repository)).toEqual([]));
  it('leaves the process to its entry points', () => expect(checkProcesses(repository)).toEqual([]));
  it('lists no entry point that is gone', () => expect(missingEntryPoints(repository)).toEqual([]));
});

describe('the rules about imports', () => {
  it.each<[rule: string, path: string, text: string, problem: RegExp | undefined]>([
    [
      'the promoter stays apart from constructs',
      'platform/promoter/src/a.ts',
      "import { synth } from '@drydock/constructs';",
      /may not import @drydock\/constructs/,
    ],
    [
      'model imports nothing of ours',
      'platform/model/src/a.ts',
      "import { Repository } from '@drydock/git';",
      /only nothing of ours/,
    ],
    [
      'the agent does not import kube',
      'platform/agent/src/a.ts',
      "import { startCluster } from '@drydock/kube';",
      /may not import @drydock\/kube/,
    ],
    [
      'kube does not import the agent',
      'platform/kube/src/a.ts',
      "import '@drydock/agent';",
      /may not import @drydock\/agent/,
    ],
    [
      'a test of the agent may import kube',
      'platform/agent/src/a.test.ts',
      "import { startCluster } from '@drydock/kube';",
      undefined,
    ],
    [
      'types of a foreign package count too',
      'platform/git/src/a.ts',
      "import type { FleetModel } from '@drydock/model';",
      /may not import/,
    ],
    [
      'exporting again counts too',
      'platform/git/src/a.ts',
      "export * from '@drydock/model';",
      /may not import/,
    ],
    [
      'a dynamic import counts too',
      'platform/git/src/a.ts',
      "await import('@drydock/model');",
      /may not import/,
    ],
    [
      'an import of many lines counts too',
      'platform/git/src/a.ts',
      "import {\n  a,\n  b,\n} from '@drydock/model';",
      /a\.ts:1: it may not import/,
    ],
    [
      'a comment does not count',
      'platform/git/src/a.ts',
      "// import '@drydock/model';\n/* import '@drydock/model'; */",
      undefined,
    ],
    [
      'fleet may import constructs',
      'platform/fleet/src/a.ts',
      "import { clusterSecret } from '@drydock/constructs';",
      undefined,
    ],
    [
      'nobody reaches past what a package exports',
      'platform/agent/src/a.test.ts',
      "import { Store } from '@drydock/kube/src/store/store.ts';",
      /is nothing that @drydock\/kube exports/,
    ],
    [
      'a second door of a package is open',
      'platform/fleet/src/a.ts',
      "import { tokenAuthenticator } from '@drydock/promoter/access';",
      undefined,
    ],
    [
      'a relative import stays in its package',
      'platform/fleet/src/a.ts',
      "import { Store } from '../../kube/src/store/store.ts';",
      /leaves platform\/fleet\//,
    ],
    [
      'an addon may import constructs',
      'addons/linkerd/objects.ts',
      "import { Construct } from '@drydock/constructs';",
      undefined,
    ],
    [
      'an addon may import types of the model',
      'addons/linkerd/objects.ts',
      "import type { Cluster } from '@drydock/model';",
      undefined,
    ],
    [
      'an addon may not import code of the model',
      'addons/linkerd/objects.ts',
      "import { loadFleet } from '@drydock/model';",
      /may not import @drydock\/model, only @drydock\/constructs and types of model/,
    ],
    [
      'the portal imports none of the packages',
      'backstage/plugins/promotion/src/a.ts',
      "import type { MatrixView } from '@drydock/promoter';",
      /may not import @drydock\/promoter/,
    ],
    [
      'the portal imports its own plugins',
      'backstage/packages/app/src/a.tsx',
      "import plugin from '@drydock/plugin-promotion';",
      undefined,
    ],
    [
      'a script may import what it needs',
      'scripts/demo.ts',
      "import { up } from '@drydock/fleet';",
      undefined,
    ],
    [
      'cdk8s has one door',
      'platform/constructs/src/synth.ts',
      "import { App } from 'cdk8s';",
      /only platform\/constructs\/src\/cdk8s\.ts imports cdk8s/,
    ],
    [
      'an addon does not use another door',
      'addons/linkerd/objects.ts',
      "import { k8s } from 'cdk8s-plus-28';",
      /imports cdk8s-plus-28/,
    ],
    [
      'the door itself is open',
      'platform/constructs/src/cdk8s.ts',
      "export { Construct } from 'constructs';",
      undefined,
    ],
    [
      'a package of ours is declared',
      'platform/cli/src/a.ts',
      "import { startAgent } from '@drydock/agent';",
      /@drydock\/agent is not declared in platform\/cli/,
    ],
    [
      "somebody else's package is declared",
      'platform/git/src/a.ts',
      "import { z } from 'zod/v4';",
      /zod is not declared in platform\/git/,
    ],
    [
      'a package without a rule is refused',
      'platform/new/src/a.ts',
      "import '@drydock/model';",
      /no rule says/,
    ],
  ])('%s', (_rule, path, text, problem) => {
    const found = checkImports({ files: [{ path, text }], manifests: MANIFESTS });
    if (problem === undefined) expect(found).toEqual([]);
    else expect(found.join('\n')).toMatch(problem);
  });
});

describe('the rules about manifests', () => {
  it.each([
    [
      'a dependency against an arrow',
      { dependencies: ['@drydock/constructs'] },
      /may not depend on @drydock\/constructs/,
    ],
    [
      'a development dependency against an arrow',
      { devDependencies: ['@drydock/kube'] },
      /may not depend on @drydock\/kube/,
    ],
    ['a package that no rule knows', { folder: 'platform/new' }, /platform\/new: no rule/],
  ])('refuse %s', (_case, change, problem) => {
    const manifest = {
      folder: 'platform/promoter',
      name: '@drydock/promoter',
      exports: [],
      dependencies: [],
      devDependencies: [],
      ...change,
    };
    expect(checkManifests({ files: [], manifests: [manifest] }).join('\n')).toMatch(problem);
  });

  it('accept what only the tests of the agent need', () => {
    const manifest = {
      folder: 'platform/agent',
      name: '@drydock/agent',
      exports: [],
      dependencies: ['@drydock/git'],
      devDependencies: ['@drydock/kube'],
    };
    expect(checkManifests({ files: [], manifests: [manifest] })).toEqual([]);
  });
});

describe('the rules about the process', () => {
  const check = (path: string, text: string) => checkProcesses(withFile(path, text)).join('\n');

  it.each(['process.exit(1)', 'process.exitCode = 1', 'const home = process.env.HOME'])(
    'refuse %s in a library',
    (code) => expect(check('platform/git/src/a.ts', `\n${code};`)).toMatch(/a\.ts:2: process\.\w+ belongs/),
  );

  it('refuse reading a variable where the environment is only handed on', () => {
    expect(check('platform/git/src/run-git.ts', 'const env = { ...process.env, LC_ALL: "C" };')).toBe('');
    expect(check('platform/git/src/run-git.ts', 'const home = process.env.HOME;')).toMatch(/process\.env/);
  });

  it('allow all of it in an entry point, and none of it counts in a comment', () => {
    expect(check('platform/cli/src/main.ts', 'process.exit(Number(process.env.CODE));')).toBe('');
    expect(check('platform/git/src/a.ts', '/** Never calls process.exit. */')).toBe('');
  });

  it('name an entry point that is gone', () => {
    expect(missingEntryPoints({ files: [], manifests: [] })).toContain('platform/cli/src/main.ts');
  });
});

it('reads imports as they are written', () => {
  const text =
    "import type { A } from './a.ts';\nconst url = 'http://x'; // from 'none'\nexport { b } from 'b';\nconst c = await import('c');\n";
  expect(importsOf(text)).toEqual([
    { specifier: './a.ts', line: 1, typeOnly: true },
    { specifier: 'b', line: 3, typeOnly: false },
    { specifier: 'c', line: 4, typeOnly: false },
  ]);
});

function withFile(path: string, text: string): Repository {
  return { files: [{ path, text }], manifests: [] };
}
