import { posix } from 'node:path';
import { ADDONS, type Arrows, BACKSTAGE, CDK8S, CDK8S_MODULE, PACKAGES, SHARES_THE_DEMO } from './policy.ts';
import type { Manifest, Repository, SourceFile } from './repository.ts';
import { type ImportedModule, importsOf } from './source-text.ts';

const OURS = /^@drydock\/(?!plugin-)([a-z0-9-]+)(\/.*)?$/;
const TEST_CODE = /(\.test\.tsx?|-(fixture|contract)\.ts)$/;

/** Every import that breaks a rule, one sentence each: `<file>:<line>: …`. */
export function checkImports({ files, manifests }: Repository): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file.text).flatMap((imported) => {
      const problems = [
        checkArrow(file, imported),
        checkDoor(imported, manifests),
        checkBoundary(file, imported),
        checkDeclared(file, imported, manifests),
        checkCdk8s(file, imported),
      ];
      return problems.flatMap((problem) =>
        problem === undefined ? [] : [`${file.path}:${imported.line}: ${problem}`],
      );
    }),
  );
}

/** Every dependency of a manifest that breaks a rule. */
export function checkManifests({ manifests }: Repository): readonly string[] {
  return manifests.flatMap((manifest) => {
    const arrows = arrowsOf(`${manifest.folder}/`);
    if (arrows === undefined) return [`${manifest.folder}: no rule says what this package may import`];
    const wrong = [
      ...manifest.dependencies.filter((name) => isWrong(name, arrows.code)),
      ...manifest.devDependencies.filter((name) => isWrong(name, [...arrows.code, ...(arrows.tests ?? [])])),
    ];
    return wrong.map((name) => `${manifest.folder}/package.json: it may not depend on ${name}`);
  });
}

function isWrong(dependency: string, allowed: readonly string[]): boolean {
  const name = OURS.exec(dependency)?.[1];
  return name !== undefined && !allowed.includes(name);
}

/** undefined where everything is allowed: `scripts/`, which stand above all packages. */
function arrowsOf(path: string): Arrows | undefined {
  if (path.startsWith('addons/')) return ADDONS;
  if (path.startsWith('backstage/')) return BACKSTAGE;
  const name = /^platform\/([^/]+)\//.exec(path)?.[1];
  return name === undefined ? undefined : PACKAGES[name];
}

function checkArrow({ path }: SourceFile, { specifier, typeOnly }: ImportedModule): string | undefined {
  const name = OURS.exec(specifier)?.[1];
  if (name === undefined) return undefined;
  if (path.startsWith('scripts/') || path.startsWith(`platform/${name}/`)) return undefined;
  const arrows = arrowsOf(path);
  if (arrows === undefined) return 'no rule says what this package may import';
  const allowed = [
    ...arrows.code,
    ...(typeOnly ? (arrows.types ?? []) : []),
    ...(TEST_CODE.test(path) ? (arrows.tests ?? []) : []),
  ];
  return allowed.includes(name)
    ? undefined
    : `it may not import ${specifier}${alternatives(arrows, allowed)}`;
}

/** A package is entered where its manifest says so. */
function checkDoor({ specifier }: ImportedModule, manifests: readonly Manifest[]): string | undefined {
  const [, name, below] = OURS.exec(specifier) ?? [];
  const target = manifests.find((manifest) => manifest.name === `@drydock/${name}`);
  if (below === undefined || target?.exports.includes(specifier)) return undefined;
  return `"${specifier}" is nothing that @drydock/${name} exports`;
}

function alternatives({ types = [] }: Arrows, allowed: readonly string[]): string {
  const names = allowed.map((name) => `@drydock/${name}`).join(', ') || 'nothing of ours';
  return `, only ${names}${types.length > 0 ? ` and types of ${types.join(', ')}` : ''}`;
}

/** A relative import stays inside its package; across packages the name is used. */
function checkBoundary({ path }: SourceFile, { specifier }: ImportedModule): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const home = /^(platform\/[^/]+|addons|scripts|backstage)\//.exec(path)?.[0] ?? '';
  const target = posix.join(posix.dirname(path), specifier);
  const isShared = path.startsWith(SHARES_THE_DEMO.from) && target.startsWith(SHARES_THE_DEMO.to);
  return target.startsWith(home) || isShared
    ? undefined
    : `"${specifier}" leaves ${home}; import the package by its name`;
}

/** What a package imports stands in its own manifest; what its tests import, there or in the root's. */
function checkDeclared(
  { path }: SourceFile,
  { specifier }: ImportedModule,
  manifests: readonly Manifest[],
): string | undefined {
  const manifest = manifests.find(({ folder }) => path.startsWith(`${folder}/`));
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  if (!path.startsWith('platform/') || /^(\.|node:)/.test(specifier)) return undefined;
  if (manifest === undefined) return 'its package has no manifest';
  if (manifest.dependencies.includes(name) || manifest.name === name) return undefined;
  if (TEST_CODE.test(path) && (!OURS.test(name) || manifest.devDependencies.includes(name))) return undefined;
  return `${name} is not declared in ${manifest.folder}/package.json`;
}

function checkCdk8s({ path }: SourceFile, { specifier }: ImportedModule): string | undefined {
  const name = specifier.split('/')[0] ?? '';
  return CDK8S.includes(name) && path !== CDK8S_MODULE ? `only ${CDK8S_MODULE} imports ${name}` : undefined;
}
