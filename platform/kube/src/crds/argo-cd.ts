import { definition } from './definition.ts';

const GROUP = 'argoproj.io';
const COLUMNS = [
  { name: 'Sync Status', type: 'string', jsonPath: '.status.sync.status' },
  { name: 'Health Status', type: 'string', jsonPath: '.status.health.status' },
  { name: 'Revision', type: 'string', jsonPath: '.status.sync.revision', priority: 10 },
  { name: 'Project', type: 'string', jsonPath: '.spec.project', priority: 10 },
];

/**
 * Argo CD's kinds. As in its own definitions, status is no subresource of an Application.
 * https://github.com/argoproj/argo-cd/tree/master/manifests/crds
 */
export const ARGO_CD: readonly object[] = [
  definition({
    group: GROUP,
    kind: 'Application',
    plural: 'applications',
    shortNames: ['app', 'apps'],
    status: false,
    columns: COLUMNS,
  }),
  definition({
    group: GROUP,
    kind: 'AppProject',
    plural: 'appprojects',
    shortNames: ['appproj', 'appprojs'],
    status: false,
  }),
  definition({
    group: GROUP,
    kind: 'ApplicationSet',
    plural: 'applicationsets',
    shortNames: ['appset', 'appsets'],
  }),
];
