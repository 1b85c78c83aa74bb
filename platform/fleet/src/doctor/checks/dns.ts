import { type FleetModel, unitsOf } from '@drydock/model';
import { type Check, SkippedError } from '../check.ts';

/** Where node images come from. */
const REGISTRY = 'registry-1.docker.io';

/** Whether the names can be resolved from which images, charts and manifests come. */
export const dnsCheck: Check = {
  name: 'dns',
  title: 'names of registries and chart repositories',
  codes: ['DRY125'],
  target: 'kind',
  async run({ fleet, network, profile }) {
    if (fleet === undefined) throw new SkippedError('the files of the fleet do not load');
    const hosts = hostsOf(fleet);
    const known = await Promise.all(hosts.map((host) => network.resolves(host)));
    const unknown = hosts.filter((_, index) => known[index] === false);
    if (unknown.length === 0) return [];
    const offline = unknown.length === hosts.length;
    const hasMirrors = Object.keys(profile?.mirrors ?? {}).length > 0;
    return [
      {
        code: 'DRY125',
        severity: offline && !hasMirrors ? 'error' : 'warning',
        subject: offline ? 'network' : unknown.join(', '),
        found: offline ? `no name can be resolved, for example ${REGISTRY}` : 'cannot be resolved',
        remedy:
          'check the connection and /etc/resolv.conf; behind a firewall, set mirrors in scripts/kind/<profile>.yaml',
      },
    ];
  },
};

function hostsOf(fleet: FleetModel): readonly string[] {
  const sources = unitsOf(fleet).flatMap((unit) =>
    unit.kind === 'Addon' ? [unit.chart?.repository, unit.git?.repository] : [],
  );
  const hosts = sources.flatMap((source) => (source === undefined ? [] : [new URL(source).hostname]));
  return [...new Set([REGISTRY, ...hosts])].sort();
}
