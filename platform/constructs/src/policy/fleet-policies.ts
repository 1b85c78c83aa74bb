import type { JsonObject, Policies } from '@drydock/model';
import { type FleetPolicy, podRule } from './fleet-policy.ts';
import { containersOf, objectAt, podTemplateOf } from './pod-spec.ts';
import { restrictedViolations } from './restricted.ts';

const REQUIRED_LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/part-of'];

/** The rules that every workload of the fleet must pass (patterns: https://kyverno.io/docs/policy-types/cluster-policy/validate/). */
export function fleetPolicies({ registries }: Policies): readonly FleetPolicy[] {
  return [
    restrictedPodSecurity,
    requiredLabels,
    noFloatingTags,
    requiredResources,
    allowedRegistries(registries),
  ];
}

const restrictedPodSecurity: FleetPolicy = {
  name: 'restricted-pod-security',
  description: 'Pods meet the restricted pod security standard.',
  rules: [
    podRule('restricted', {
      failureAction: 'Enforce',
      podSecurity: { level: 'restricted', version: 'latest' },
    }),
  ],
  violations: (manifest) => {
    const template = podTemplateOf(manifest);
    return template === undefined ? [] : restrictedViolations(template.spec);
  },
};

const requiredLabels: FleetPolicy = {
  name: 'required-labels',
  description: 'Pods say what they are and who owns them.',
  rules: [
    podRule('labels', {
      failureAction: 'Enforce',
      message: `The labels ${REQUIRED_LABELS.join(' and ')} are required.`,
      pattern: { metadata: { labels: Object.fromEntries(REQUIRED_LABELS.map((label) => [label, '?*'])) } },
    }),
  ],
  violations: (manifest) => {
    const template = podTemplateOf(manifest);
    if (template === undefined) return [];
    const missing = REQUIRED_LABELS.filter((label) => (template.labels[label] ?? '') === '');
    return missing.map((label) => `label ${label} is required`);
  },
};

const noFloatingTags: FleetPolicy = {
  name: 'no-floating-tags',
  description: 'Images have a tag other than latest, or a digest.',
  rules: [
    podRule('tag-or-digest', {
      failureAction: 'Enforce',
      message: 'An image needs a tag or a digest.',
      pattern: eachContainer({ image: '*:*' }),
    }),
    podRule('not-latest', {
      failureAction: 'Enforce',
      message: 'The tag latest is not allowed.',
      pattern: eachContainer({ image: '!*:latest' }),
    }),
  ],
  violations: (manifest) =>
    containers(manifest).flatMap(({ image }) => {
      const name = String(image);
      const last = name.split('/').at(-1) ?? '';
      const floats = !last.includes('@') && (!last.includes(':') || last.endsWith(':latest'));
      return floats ? [`image "${name}" has no fixed tag`] : [];
    }),
};

const requiredResources: FleetPolicy = {
  name: 'required-resources',
  description: 'Containers request CPU and memory, and limit memory.',
  rules: [
    podRule('resources', {
      failureAction: 'Enforce',
      message: 'CPU and memory requests and a memory limit are required.',
      pattern: {
        spec: {
          containers: [{ resources: { requests: { cpu: '?*', memory: '?*' }, limits: { memory: '?*' } } }],
        },
      },
    }),
  ],
  violations: (manifest) =>
    containers(manifest).flatMap((container) => {
      const resources = objectAt(container, 'resources');
      const missing = [
        objectAt(resources, 'requests').cpu === undefined && 'a CPU request',
        objectAt(resources, 'requests').memory === undefined && 'a memory request',
        objectAt(resources, 'limits').memory === undefined && 'a memory limit',
      ].filter((text) => text !== false);
      return missing.map((text) => `container "${String(container.name)}" needs ${text}`);
    }),
};

function allowedRegistries(registries: readonly string[]): FleetPolicy {
  const allowed = registries.map((registry) => `${registry}/*`);
  return {
    name: 'allowed-registries',
    description: 'Images come from registries that the fleet trusts.',
    rules: [
      podRule('registry', {
        failureAction: 'Enforce',
        message: `Images must come from ${registries.join(', ')}.`,
        pattern: eachContainer({ image: allowed.join(' | ') }),
      }),
    ],
    violations: (manifest) =>
      containers(manifest).flatMap(({ image }) => {
        const name = String(image);
        const trusted = registries.some((registry) => name.startsWith(`${registry}/`));
        return trusted ? [] : [`image "${name}" must come from ${registries.join(', ')}`];
      }),
  };
}

function containers(manifest: Parameters<FleetPolicy['violations']>[0]): readonly JsonObject[] {
  const template = podTemplateOf(manifest);
  return template === undefined ? [] : containersOf(template.spec);
}

/** A pattern for every container; `=(…)` means "where there is one". */
function eachContainer(pattern: JsonObject): JsonObject {
  return {
    spec: { '=(ephemeralContainers)': [pattern], '=(initContainers)': [pattern], containers: [pattern] },
  };
}
