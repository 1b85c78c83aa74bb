import { loadAddonObjects, type SynthesizedUnit, synthFleet } from '@drydock/constructs';
import type { FleetModel } from '@drydock/model';
import { documentsOf } from '../../kind/plan/bootstrap-units.ts';
import { type Check, SkippedError } from '../check.ts';
import { findDeprecated } from '../deprecated-apis.ts';
import type { Finding } from '../finding.ts';
import { parseVersion } from '../version.ts';

/** Synthesized objects whose API the Kubernetes version of their cluster no longer serves, or warns about. */
export const deprecatedObjectsCheck: Check = {
  name: 'deprecated-objects',
  title: 'deprecated APIs in synthesized objects',
  codes: ['DRY152'],
  async run({ fleet, root }) {
    if (fleet === undefined) throw new SkippedError('the files of the fleet do not load');
    const synthesized = synthFleet(fleet, await loadAddonObjects(root, fleet));
    return [...synthesized].flatMap((unit) => deprecatedIn(fleet, unit));
  },
};

/** What one unit on one cluster has of them. */
export function deprecatedIn(
  fleet: FleetModel,
  { unit, cluster, files }: SynthesizedUnit,
): readonly Finding[] {
  const version = fleet.clusters.find(({ name }) => name === cluster)?.kubernetesVersion ?? '';
  const minor = parseVersion(version)?.[1] ?? 0;
  return Object.values(files)
    .flatMap(documentsOf)
    .flatMap(({ apiVersion, kind }) => {
      const api = findDeprecated(apiVersion, kind);
      if (api === undefined || minor < api.deprecated) return [];
      const gone = minor >= api.removed;
      const found = `${kind} of ${apiVersion}, which Kubernetes ${version} ${gone ? 'does not serve' : 'warns about'}`;
      const subject = `${unit.name} on ${cluster}`;
      return [
        {
          code: 'DRY152',
          severity: gone ? 'error' : 'warning',
          subject,
          found,
          remedy: `use ${api.instead}`,
        } as const,
      ];
    });
}
