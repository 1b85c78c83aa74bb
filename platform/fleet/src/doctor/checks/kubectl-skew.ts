import { quick } from '../../tools/command.ts';
import { type Check, SkippedError } from '../check.ts';
import { parseVersion } from '../version.ts';

/** https://kubernetes.io/releases/version-skew-policy/#kubectl: one minor version older or newer than the API server. */
export const kubectlSkewCheck: Check = {
  name: 'kubectl-skew',
  title: 'kubectl against the Kubernetes versions of the clusters',
  codes: ['DRY104'],
  target: 'kind',
  async run({ fleet, tools }) {
    if (fleet === undefined) throw new SkippedError('the files of the fleet do not load');
    const { stdout } = await tools.run(quick('kubectl', 'version', '--client', '--output=json'));
    const client = parseVersion(/"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '');
    if (client === undefined) throw new SkippedError('the version of kubectl is not known');
    const far = fleet.clusters.filter(({ kubernetesVersion }) => {
      const minor = parseVersion(kubernetesVersion)?.[1] ?? client[1];
      return Math.abs(minor - client[1]) > 1;
    });
    const versions = Map.groupBy(far, ({ kubernetesVersion }) => kubernetesVersion);
    return [...versions].map(([version, clusters]) => ({
      code: 'DRY104',
      severity: 'warning' as const,
      subject: clusters.map(({ name }) => name).join(', '),
      found: `Kubernetes ${version} with kubectl ${client.join('.')}, more than one minor version apart`,
      remedy: `install kubectl ${parseVersion(version)?.slice(0, 2).join('.')}`,
    }));
  },
};
