import type { JsonObject } from '@drydock/model';
import { expect, it } from 'vitest';
import { restrictedViolations } from './restricted.ts';

const CONTAINER = {
  name: 'web',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const POD = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [CONTAINER],
};

it('finds nothing in a restricted pod', () => {
  expect(restrictedViolations(POD)).toEqual([]);
});

function container(security: JsonObject): JsonObject {
  return {
    ...POD,
    containers: [{ ...CONTAINER, securityContext: { ...CONTAINER.securityContext, ...security } }],
  };
}

const TABLE: readonly (readonly [string, JsonObject])[] = [
  ['hostNetwork must not be true', { ...POD, hostNetwork: true }],
  ['hostPID must not be true', { ...POD, hostPID: true }],
  ['volumes of type hostPath are not allowed', { ...POD, volumes: [{ name: 'v', hostPath: { path: '/' } }] }],
  [
    'sysctl kernel.msgmax is not allowed',
    { ...POD, securityContext: { ...POD.securityContext, sysctls: [{ name: 'kernel.msgmax' }] } },
  ],
  ['runAsUser must not be 0', { ...POD, securityContext: { ...POD.securityContext, runAsUser: 0 } }],
  ['container "web" must not be privileged', container({ privileged: true })],
  [
    'container "web" must set allowPrivilegeEscalation to false',
    container({ allowPrivilegeEscalation: true }),
  ],
  ['container "web" must set runAsNonRoot to true', container({ runAsNonRoot: false })],
  ['container "web" must not run as user 0', container({ runAsUser: 0 })],
  [
    'container "web" must set seccompProfile to RuntimeDefault or Localhost',
    container({ seccompProfile: { type: 'Unconfined' } }),
  ],
  ['container "web" must drop ALL capabilities', container({ capabilities: { drop: ['NET_RAW'] } })],
  [
    'container "web" must not add the capabilities NET_ADMIN',
    container({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_BIND_SERVICE'] } }),
  ],
  ['container "web" must not change procMount', container({ procMount: 'Unmasked' })],
  [
    'container "web" must not use host ports',
    { ...POD, containers: [{ ...CONTAINER, ports: [{ hostPort: 80 }] }] },
  ],
  [
    'container "init" must drop ALL capabilities',
    {
      ...POD,
      initContainers: [{ ...CONTAINER, name: 'init', securityContext: { allowPrivilegeEscalation: false } }],
    },
  ],
];

it.each(TABLE)('finds "%s"', (text, pod) => {
  expect(restrictedViolations(pod)).toEqual([text]);
});
