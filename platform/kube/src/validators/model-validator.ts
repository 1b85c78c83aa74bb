import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getOrInsert } from '../model/get-or-insert.ts';
import type { KubeObject } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import { groupOf } from '../resources/resource-type.ts';

/** The packages of `@kubernetes-models` that carry the validators of a group's kinds. */
const PACKAGES: Readonly<Record<string, string>> = {
  'argoproj.io': 'argo-cd',
  'source.toolkit.fluxcd.io': 'flux-cd',
  'kustomize.toolkit.fluxcd.io': 'flux-cd',
  'helm.toolkit.fluxcd.io': 'flux-cd',
  'notification.toolkit.fluxcd.io': 'flux-cd',
  'cilium.io': 'cilium',
  'kyverno.io': 'kyverno',
  'policies.kyverno.io': 'kyverno',
};

/** The part of a model that is used: its constructor takes the object, `validate` throws what is wrong. */
type Model = new (data: object) => { validate(): void };

interface ValidatorError {
  readonly instancePath: string;
  readonly message?: string;
}

const require = createRequire(import.meta.url);
const models = new Map<string, Model | undefined>();

/**
 * Checks an object of Argo CD, Flux, Cilium or Kyverno with the validator that `@kubernetes-models` compiled from the
 * project's own types. A validator is loaded when the first object of its kind is written. The status is left to who writes it.
 *
 * @returns what is wrong; nothing for kinds without a validator
 */
export function modelProblems(object: KubeObject): readonly StatusCause[] {
  const { apiVersion, kind } = object;
  const Model = getOrInsert(models, `${apiVersion}/${kind}`, () => load(apiVersion, kind));
  if (Model === undefined) return [];
  const { status: _status, ...checked } = object;
  try {
    new Model(checked).validate();
    return [];
  } catch (error) {
    return errorsOf(error).map(causeOf);
  }
}

/** The paths are taken instead of the package's exports, which allow no `require`; writes are synchronous. */
function load(apiVersion: string, kind: string): Model | undefined {
  const name = PACKAGES[groupOf(apiVersion)];
  if (name === undefined) return undefined;
  try {
    const folder = findPackage(`@kubernetes-models/${name}`);
    return (require(join(folder, apiVersion, `${kind}.js`)) as Record<string, Model>)[kind];
  } catch {
    return undefined;
  }
}

function findPackage(name: string): string {
  const folders = require.resolve.paths(name) ?? [];
  const found = folders
    .map((folder) => join(folder, name))
    .find((folder) => exists(join(folder, 'package.json')));
  if (found === undefined) throw new Error(`package ${name} is not installed`);
  return found;
}

function exists(path: string): boolean {
  try {
    return require.resolve(path) === path;
  } catch {
    return false;
  }
}

function errorsOf(error: unknown): readonly ValidatorError[] {
  const errors = (error as { errors?: readonly ValidatorError[] }).errors;
  return errors ?? [{ instancePath: '', message: error instanceof Error ? error.message : String(error) }];
}

function causeOf({ instancePath, message = 'is invalid' }: ValidatorError): StatusCause {
  const field = instancePath
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${message}` };
}
