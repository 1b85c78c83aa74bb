import type { Check } from '../check.ts';
import { certificatesCheck } from './certificates.ts';
import { cidrOverlapCheck } from './cidr-overlap.ts';
import { clockCheck } from './clock.ts';
import { contextsCheck } from './contexts.ts';
import { deprecatedObjectsCheck } from './deprecated-objects.ts';
import { dnsCheck } from './dns.ts';
import { cgroupCheck, dockerCheck, dockerResourcesCheck } from './docker.ts';
import { driftCheck } from './drift.ts';
import { fleetFilesCheck } from './fleet-files.ts';
import { gitRemoteCheck } from './git-remote.ts';
import { healthCheck } from './health.ts';
import { hydrationCheck } from './hydration.ts';
import { inotifyCheck } from './inotify.ts';
import { ipv6Check } from './ipv6.ts';
import { kindClustersCheck } from './kind-clusters.ts';
import { kubectlSkewCheck } from './kubectl-skew.ts';
import { diskCheck, memoryCheck } from './machine.ts';
import { nodeCheck } from './node.ts';
import { kindPortsCheck } from './ports.ts';
import { processesCheck } from './processes.ts';
import { proxyCheck } from './proxy.ts';
import { secretFilesCheck } from './secret-files.ts';
import { skewCheck } from './skew.ts';
import { gitToolCheck, kindToolsCheck } from './tools.ts';

/** Everything that the doctor looks at. */
export const CHECKS: readonly Check[] = [
  gitToolCheck,
  kindToolsCheck,
  nodeCheck,
  kubectlSkewCheck,
  dockerCheck,
  dockerResourcesCheck,
  cgroupCheck,
  inotifyCheck,
  kindPortsCheck,
  diskCheck,
  memoryCheck,
  ipv6Check,
  dnsCheck,
  proxyCheck,
  clockCheck,
  kindClustersCheck,
  contextsCheck,
  gitRemoteCheck,
  secretFilesCheck,
  certificatesCheck,
  healthCheck,
  driftCheck,
  skewCheck,
  fleetFilesCheck,
  cidrOverlapCheck,
  deprecatedObjectsCheck,
  processesCheck,
  hydrationCheck,
];
