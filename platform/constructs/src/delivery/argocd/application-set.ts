import { type FleetModel, type JsonObject, targetsOf, type Unit } from '@drydock/model';
import { unitLabels } from '../../labels.ts';
import type { Manifest } from '../../manifest.ts';
import type { Delivery } from '../delivery-engine.ts';
import { syncWave } from '../sync-wave.ts';
import { ARGOCD_NAMESPACE, argocdApplication } from './application.ts';
import { unitPolicy } from './unit-application.ts';

/** What a promotion changes of a unit that an ApplicationSet delivers; in the folder of the unit. */
export const RELEASE_FILE = 'release.json';

const ENVIRONMENT = '{{ index .metadata.labels "drydock.dev/environment" }}';

/** The content of {@link RELEASE_FILE} for one cluster: what the template of the ApplicationSet is filled with. */
export function releaseFile({ chart }: Delivery): string {
  const release: JsonObject = chart === undefined ? {} : { version: chart.version, values: chart.values };
  return `${JSON.stringify({ release }, undefined, 2)}\n`;
}

/**
 * One ApplicationSet that makes the Application of a unit for each of its clusters
 * (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Matrix/): clusters × the release
 * file on the environment branch of each. It changes only with the definition of the unit; version and values move
 * by promotion, and a cluster gets its Application with the first one.
 */
export function unitApplicationSet(fleet: FleetModel, unit: Unit): Manifest {
  const application = argocdApplication({
    name: `{{ .name }}.${unit.name}`,
    labels: {
      ...unitLabels(unit),
      'drydock.dev/unit': unit.name,
      'drydock.dev/cluster': '{{ .name }}',
      'drydock.dev/environment': ENVIRONMENT,
    },
    annotations: { 'argocd.argoproj.io/sync-wave': String(syncWave(fleet, unit)) },
    sources: sources(fleet, unit),
    destination: { name: '{{ .name }}', namespace: unit.namespace },
    ...unitPolicy(unit),
  });
  const { namespace: _, ...metadata } = application.metadata;
  return {
    apiVersion: application.apiVersion,
    kind: 'ApplicationSet',
    metadata: { name: unit.name, namespace: ARGOCD_NAMESPACE, labels: unitLabels(unit) },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ matrix: { generators: generators(fleet, unit) } }],
      template: { metadata, spec: application.spec ?? {} },
    },
  };
}

function generators(fleet: FleetModel, unit: Unit): readonly JsonObject[] {
  const values = targetsOf(fleet, unit).map(({ name }) => name);
  const path = `{{ .name }}/units/${unit.name}/${RELEASE_FILE}`;
  return [
    {
      clusters: { selector: { matchExpressions: [{ key: 'drydock.dev/cluster', operator: 'In', values }] } },
    },
    { git: { repoURL: fleet.repository, revision: `env/${ENVIRONMENT}`, files: [{ path }] } },
  ];
}

function sources(fleet: FleetModel, unit: Unit): Parameters<typeof argocdApplication>[0]['sources'] {
  const objects = {
    repoURL: fleet.repository,
    targetRevision: `env/${ENVIRONMENT}`,
    path: `{{ .name }}/units/${unit.name}`,
    directory: { exclude: RELEASE_FILE },
  };
  const branch = { repoURL: fleet.repository, targetRevision: objects.targetRevision, ref: 'branch' };
  if (unit.kind === 'Application') return [objects];
  const { chart, git, hasObjects } = unit;
  return [
    ...(chart === undefined
      ? []
      : [
          {
            repoURL: chart.repository.replace(/^oci:\/\//, ''),
            chart: chart.name,
            targetRevision: '{{ .release.version }}',
            helm: {
              releaseName: chart.release,
              values: '{{ toJson .release.values }}',
              ...(chart.skipCrds ? { skipCrds: true } : {}),
            },
          },
        ]),
    ...(git === undefined ? [] : [{ repoURL: git.repository, targetRevision: git.revision, path: git.path }]),
    hasObjects || (chart === undefined && git === undefined) ? objects : branch,
  ];
}
