import type { JsonObject, JsonValue } from '@drydock/model';
import { containersOf, listAt, objectAt } from './pod-spec.ts';

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
];

/**
 * What a pod has that the restricted pod security standard forbids
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted), one text for each.
 */
export function restrictedViolations(pod: JsonObject): readonly string[] {
  return [
    ...podViolations(pod),
    ...containersOf(pod).flatMap((container) => containerViolations(pod, container)),
  ];
}

function podViolations(pod: JsonObject): readonly string[] {
  const context = objectAt(pod, 'securityContext');
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => pod[field] === true);
  const volumes = listAt(pod, 'volumes').flatMap((volume) =>
    Object.keys(volume).filter((key) => key !== 'name'),
  );
  return [
    ...host.map((field) => `${field} must not be true`),
    ...volumes
      .filter((type) => !VOLUMES.includes(type))
      .map((type) => `volumes of type ${type} are not allowed`),
    ...listAt(context, 'sysctls')
      .filter(({ name }) => !SYSCTLS.includes(String(name)))
      .map(({ name }) => `sysctl ${String(name)} is not allowed`),
    ...(context.runAsUser === 0 ? ['runAsUser must not be 0'] : []),
  ];
}

function containerViolations(pod: JsonObject, container: JsonObject): readonly string[] {
  const own = objectAt(container, 'securityContext');
  const outer = objectAt(pod, 'securityContext');
  const capabilities = objectAt(own, 'capabilities');
  const nonRoot = own.runAsNonRoot ?? outer.runAsNonRoot;
  const profile = objectAt(own, 'seccompProfile').type ?? objectAt(outer, 'seccompProfile').type;
  const added = texts(capabilities.add).filter((name) => name !== 'NET_BIND_SERVICE');
  const found = [
    own.privileged === true && 'must not be privileged',
    own.allowPrivilegeEscalation !== false && 'must set allowPrivilegeEscalation to false',
    nonRoot !== true && 'must set runAsNonRoot to true',
    own.runAsUser === 0 && 'must not run as user 0',
    profile !== 'RuntimeDefault' &&
      profile !== 'Localhost' &&
      'must set seccompProfile to RuntimeDefault or Localhost',
    !texts(capabilities.drop).includes('ALL') && 'must drop ALL capabilities',
    added.length > 0 && `must not add the capabilities ${added.join(', ')}`,
    (own.procMount ?? 'Default') !== 'Default' && 'must not change procMount',
    listAt(container, 'ports').some(({ hostPort }) => typeof hostPort === 'number' && hostPort > 0) &&
      'must not use host ports',
  ];
  return found
    .filter((text) => text !== false)
    .map((text) => `container "${String(container.name)}" ${text}`);
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
