import { quick } from '../../tools/command.ts';
import { type Check, SkippedError } from '../check.ts';

/** Contexts `kind-<name>` of the kubeconfig of this machine whose cluster is gone. */
export const contextsCheck: Check = {
  name: 'contexts',
  title: 'contexts of the kubeconfig',
  codes: ['DRY132'],
  target: 'kind',
  async run({ tools }) {
    const contexts = await tools.run(quick('kubectl', 'config', 'get-contexts', '--output=name'));
    const clusters = await tools.run(quick('kind', 'get', 'clusters'));
    if (clusters.exitCode !== 0) throw new SkippedError('Kind does not list its clusters');
    const known = new Set(lines(clusters.stdout).map((name) => `kind-${name}`));
    const dangling = lines(contexts.stdout).filter((name) => name.startsWith('kind-') && !known.has(name));
    return dangling.map((name) => ({
      code: 'DRY132',
      severity: 'info' as const,
      subject: name,
      found: 'a context whose Kind cluster does not exist',
      remedy: `kubectl config delete-context ${name}`,
    }));
  },
};

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
