import { fieldsAt, isFields, type KubeObject, listAt, stringAt } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import { invalidValue, requiredValue } from './metadata-rules.ts';
import type { Strategy } from './strategy.ts';
import { timestamp, type WriteEnvironment } from './write-context.ts';

/** CustomResourceDefinitions are established at once; a definition that cannot be served is refused. */
export const definitionStrategy: Strategy = {
  prepareCreate: (object, environment) => establish(object, environment),
  prepareUpdate: (object, _live, environment) => establish(object, environment),
  validate: (object) => definitionProblems(object),
};

function establish(object: KubeObject, environment: WriteEnvironment): KubeObject {
  const spec = fieldsAt(object, 'spec');
  const kind = stringAt(spec, 'names', 'kind') ?? '';
  const names = { singular: kind.toLowerCase(), listKind: `${kind}List`, ...fieldsAt(spec, 'names') };
  const former = listAt(object, 'status', 'conditions');
  const at = stringAt(former[0], 'lastTransitionTime') ?? timestamp(environment.now());
  const stored = listAt(spec, 'versions').filter((version) => fieldsAt(version).storage === true);
  const status = {
    acceptedNames: names,
    conditions: [
      {
        type: 'NamesAccepted',
        status: 'True',
        reason: 'NoConflicts',
        message: 'no conflicts found',
        lastTransitionTime: at,
      },
      {
        type: 'Established',
        status: 'True',
        reason: 'InitialNamesAccepted',
        message: 'the initial names have been accepted',
        lastTransitionTime: at,
      },
    ],
    storedVersions: stored.map((version) => stringAt(version, 'name') ?? ''),
  };
  return { ...object, spec: { ...spec, names }, status };
}

function definitionProblems(object: KubeObject): readonly StatusCause[] {
  const spec = fieldsAt(object, 'spec');
  const plural = stringAt(spec, 'names', 'plural') ?? '';
  const group = stringAt(spec, 'group') ?? '';
  const problems: StatusCause[] = [];
  if (group === '') problems.push(requiredValue('spec.group'));
  if (plural === '') problems.push(requiredValue('spec.names.plural'));
  if (!stringAt(spec, 'names', 'kind')) problems.push(requiredValue('spec.names.kind'));
  if (object.metadata.name !== `${plural}.${group}`)
    problems.push(
      invalidValue('metadata.name', object.metadata.name, 'must be spec.names.plural+"."+spec.group'),
    );
  if (spec.scope !== 'Namespaced' && spec.scope !== 'Cluster')
    problems.push({
      reason: 'FieldValueNotSupported',
      field: 'spec.scope',
      message: `Unsupported value: ${JSON.stringify(spec.scope)}: supported values: "Cluster", "Namespaced"`,
    });
  return [...problems, ...versionProblems(listAt(spec, 'versions'))];
}

function versionProblems(versions: readonly unknown[]): readonly StatusCause[] {
  if (versions.length === 0) return [requiredValue('spec.versions')];
  const stored = versions.filter((version) => fieldsAt(version).storage === true).length;
  const problems: StatusCause[] = [];
  if (stored !== 1)
    problems.push(
      invalidValue('spec.versions', stored, 'must have exactly one version marked as storage version'),
    );
  versions.forEach((version, index) => {
    const path = `spec.versions[${index}]`;
    if (!stringAt(version, 'name')) problems.push(requiredValue(`${path}.name`));
    if (!isFields(fieldsAt(version, 'schema').openAPIV3Schema))
      problems.push(requiredValue(`${path}.schema.openAPIV3Schema`, 'schemas are required'));
  });
  return problems;
}
