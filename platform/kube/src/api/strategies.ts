import { jsonEqual } from '../model/json-equal.ts';
import { fieldsAt, isFields, type KubeObject, listAt, stringAt } from '../model/kube-object.ts';
import { matchesLabelSelector } from '../model/selector.ts';
import type { StatusCause } from '../model/status-error.ts';
import { definitionStrategy } from './definition-strategy.ts';
import { invalidValue, requiredValue } from './metadata-rules.ts';
import { serviceStrategy } from './service-strategy.ts';
import type { Strategy } from './strategy.ts';

/** @returns the particular rules of a resource; none for most. */
export function strategyOf(resource: string): Strategy {
  return STRATEGIES[resource] ?? {};
}

const namespace: Strategy = {
  prepareCreate: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name ?? '' },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  prepareUpdate: (object, live) => ({ ...object, spec: live.spec }),
};

const pod: Strategy = {
  prepareCreate: (object) => {
    const spec = fieldsAt(object, 'spec');
    const defaults = {
      serviceAccountName: 'default',
      serviceAccount: 'default',
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
    };
    return {
      ...object,
      spec: { ...defaults, ...spec },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    };
  },
  validate: (object) => containerProblems(fieldsAt(object, 'spec'), 'spec'),
};

const secret: Strategy = {
  prepareCreate: mergeStringData,
  prepareUpdate: mergeStringData,
  validate: immutableData,
};
const configMap: Strategy = { validate: immutableData };

const workload: Strategy = {
  validate: (object, live) => [
    ...selectorProblems(object, live),
    ...containerProblems(fieldsAt(object, 'spec', 'template', 'spec'), 'spec.template.spec'),
  ],
};

const job: Strategy = {
  prepareCreate: addJobSelector,
  validate: (object) => containerProblems(fieldsAt(object, 'spec', 'template', 'spec'), 'spec.template.spec'),
};

const claim: Strategy = {
  prepareCreate: (object) => ({ ...object, status: { phase: 'Pending' } }),
};

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  namespaces: namespace,
  pods: pod,
  secrets: secret,
  configmaps: configMap,
  services: serviceStrategy,
  persistentvolumeclaims: claim,
  'deployments.apps': workload,
  'replicasets.apps': workload,
  'statefulsets.apps': workload,
  'daemonsets.apps': workload,
  'jobs.batch': job,
  'customresourcedefinitions.apiextensions.k8s.io': definitionStrategy,
};

function mergeStringData(object: KubeObject): KubeObject {
  if (!isFields(object.stringData)) return object;
  const { stringData, ...rest } = object;
  const entries = Object.entries(stringData as object).map(([key, text]) => [
    key,
    Buffer.from(String(text)).toString('base64'),
  ]);
  return {
    ...rest,
    data: { ...fieldsAt(object, 'data'), ...Object.fromEntries(entries) },
  } as unknown as KubeObject;
}

function immutableData(object: KubeObject, live: KubeObject | undefined): readonly StatusCause[] {
  const problems = ['data', 'binaryData']
    .flatMap((part) => Object.keys(fieldsAt(object, part)))
    .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
    .map((key) =>
      invalidValue(
        `data[${key}]`,
        key,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
      ),
    );
  const frozen =
    live?.immutable === true && (!jsonEqual(live.data, object.data) || object.immutable !== true);
  return frozen
    ? [
        ...problems,
        {
          reason: 'FieldValueForbidden',
          field: 'data',
          message: 'Forbidden: field is immutable when `immutable` is set',
        },
      ]
    : problems;
}

function selectorProblems(object: KubeObject, live: KubeObject | undefined): readonly StatusCause[] {
  const selector = fieldsAt(object, 'spec', 'selector');
  const labels = fieldsAt(object, 'spec', 'template', 'metadata', 'labels') as Record<string, string>;
  if (Object.keys(selector).length === 0) return [requiredValue('spec.selector')];
  if (live !== undefined && !jsonEqual(fieldsAt(live, 'spec', 'selector'), selector))
    return [invalidValue('spec.selector', selector, 'field is immutable')];
  if (matchesLabelSelector(selector, labels)) return [];
  return [
    invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'),
  ];
}

function containerProblems(spec: unknown, path: string): readonly StatusCause[] {
  const containers = listAt(spec, 'containers');
  if (containers.length === 0) return [requiredValue(`${path}.containers`)];
  const seen = new Set<string>();
  return containers.flatMap((container, index) => {
    const field = `${path}.containers[${index}]`;
    const name = stringAt(container, 'name') ?? '';
    const problems: StatusCause[] = [];
    if (name === '') problems.push(requiredValue(`${field}.name`));
    else if (!/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name))
      problems.push(invalidValue(`${field}.name`, name, 'a lowercase RFC 1123 label is expected'));
    if (seen.has(name))
      problems.push({
        reason: 'FieldValueDuplicate',
        field: `${field}.name`,
        message: `Duplicate value: "${name}"`,
      });
    if (!stringAt(container, 'image')) problems.push(requiredValue(`${field}.image`));
    seen.add(name);
    return problems;
  });
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector */
function addJobSelector(object: KubeObject): KubeObject {
  const spec = fieldsAt(object, 'spec');
  if (spec.manualSelector === true) return object;
  const { uid = '', name = '' } = object.metadata;
  const own = { 'batch.kubernetes.io/controller-uid': uid };
  const template = fieldsAt(spec, 'template');
  const labels = {
    ...fieldsAt(template, 'metadata', 'labels'),
    ...own,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const metadata = { ...fieldsAt(template, 'metadata'), labels };
  return {
    ...object,
    spec: { ...spec, selector: { matchLabels: own }, template: { ...template, metadata } },
  };
}
