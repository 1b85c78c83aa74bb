import type { FleetAddresses } from '@drydock/fleet';
import type { MatrixView } from '@drydock/promoter';
import { type DemoClone, withTag } from './demo-clone.ts';
import { LiveClusters, type LiveWorkload } from './live-clusters.ts';
import type { Timeline } from './timeline.ts';
import { waitFor } from './wait-for.ts';

const IMAGE = 'ghcr.io/stefanprodan/podinfo';

/**
 * The story of one application: first release, a refused push, a promotion with an approval, a release that fails, a
 * rollback, and the way forward. Every step counts only when it was seen in the live objects of the clusters.
 */
export async function tellStory(clone: DemoClone, timeline: Timeline): Promise<void> {
  let live = new LiveClusters(new Map());
  const has = (cluster: string, tag: string) => async () => {
    await waitFor(
      `podinfo ${tag} in ${cluster}`,
      () => live.podinfo(cluster),
      (seen) => isRunning(seen, tag),
    );
    return `podinfo ${tag} is available`;
  };
  const still = async (cluster: string, tag: string) => {
    const seen = await live.podinfo(cluster);
    if (!isRunning(seen, tag))
      throw new Error(`expected podinfo ${tag} in ${cluster}, got ${JSON.stringify(seen)}`);
  };

  await timeline.step('up', async () => {
    const addresses = JSON.parse((await clone.drydock(['up', '--output', 'json'])).stdout) as FleetAddresses;
    live = new LiveClusters(new Map(addresses.clusters.map(({ name, kubeconfig }) => [name, kubeconfig])));
    return `${addresses.clusters.length} clusters, git server, agent, promoter`;
  });
  await timeline.step('first release in dev', has('dev', '6.9.0'));
  await timeline.step('first release in staging', has('staging', '6.9.0'));
  await timeline.step('first release approved for prod', () => approve(clone));
  await timeline.step('first release in prod-eu', has('prod-eu', '6.9.0'));
  await timeline.step('first release in prod-us', has('prod-us', '6.9.0'));

  await timeline.step('a push that does not validate', async () => {
    await clone.edit((text) => text.replace('port: 9898', 'prot: 9898'), 'misspell the port');
    const { code, stderr } = await clone.push();
    if (code === 0 || !/application\.yaml:\d+: .*prot/.test(stderr))
      throw new Error(`expected a refusal with file and line, got:\n${stderr}`);
    await clone.git('reset', '--quiet', '--hard', 'HEAD~1');
    return (
      stderr
        .split('\n')
        .find((line) => line.includes('application.yaml:'))
        ?.replace(/^remote:\s*/, '')
        .trim() ?? ''
    );
  });

  await timeline.step('push podinfo 6.9.1', () => push(clone, '6.9.1'));
  await timeline.step('6.9.1 in dev', has('dev', '6.9.1'));
  await timeline.step('6.9.1 in staging', has('staging', '6.9.1'));
  await timeline.step('6.9.1 waits before prod', async () => {
    await still('prod-eu', '6.9.0');
    await still('prod-us', '6.9.0');
    return 'prod-eu and prod-us still have 6.9.0';
  });
  await timeline.step('the requester cannot approve', async () => {
    await waitForApproval(clone);
    const { code, stderr } = await clone.drydock(['approve', 'podinfo', 'prod', '--as', 'developer'], [0, 2]);
    if (code === 0) throw new Error('developer, who pushed it, could approve it');
    return stderr.replace(/^drydock: /, '').trim();
  });
  await timeline.step('6.9.1 approved for prod', () => approve(clone));
  await timeline.step('6.9.1 in prod-eu first', async () => {
    const seen = await has('prod-eu', '6.9.1')();
    return `${seen}; prod-us has ${(await live.podinfo('prod-us')).image?.split(':')[1]}`;
  });
  await timeline.step('6.9.1 in prod-us', has('prod-us', '6.9.1'));

  await timeline.step('push podinfo 6.9.2, which is told to crash', async () => {
    await live.setFault('dev', `${IMAGE}:6.9.2`);
    return push(clone, '6.9.2');
  });
  await timeline.step('6.9.2 stops in dev', async () => {
    const cell = await waitFor(
      'dev to be degraded',
      () => cellOf(clone, 'dev'),
      (seen) => seen?.health === 'Degraded',
    );
    const { image, available } = await live.podinfo('dev');
    if (image !== `${IMAGE}:6.9.2` || available)
      throw new Error(`expected a failing 6.9.2 in dev, got ${image}`);
    await still('staging', '6.9.1');
    return cell?.placements[0]?.message ?? 'degraded';
  });
  await timeline.step('rollback in dev', async () => {
    const { stdout } = await clone.drydock(['rollback', 'podinfo', 'dev', '--reason', '6.9.2 crashes']);
    return stdout.trim();
  });
  await timeline.step('6.9.1 is back in dev, and held', async () => {
    await has('dev', '6.9.1')();
    const cell = await cellOf(clone, 'dev');
    if (cell?.hold === undefined) throw new Error('expected a hold in dev');
    return `held by ${cell.hold.by}: ${cell.hold.reason}`;
  });
  await timeline.step('push podinfo 6.9.3, the fix', async () => {
    await live.setFault('dev', undefined);
    return push(clone, '6.9.3');
  });
  await timeline.step('release the hold', async () =>
    (await clone.drydock(['release-hold', 'podinfo', 'dev'])).stdout.trim(),
  );
  await timeline.step('6.9.3 in dev', has('dev', '6.9.3'));
  await timeline.step('6.9.3 in staging', has('staging', '6.9.3'));
}

async function push(clone: DemoClone, tag: string): Promise<string> {
  await clone.edit(withTag(tag), `podinfo ${tag}`);
  const { code, stderr } = await clone.push();
  if (code !== 0) throw new Error(`the push of ${tag} was refused:\n${stderr}`);
  return (await clone.git('rev-parse', '--short=8', 'HEAD')).stdout.trim();
}

async function approve(clone: DemoClone): Promise<string> {
  await waitForApproval(clone);
  return (await clone.drydock(['approve', 'podinfo', 'prod'])).stdout.trim();
}

async function waitForApproval(clone: DemoClone): Promise<void> {
  await waitFor(
    'only the approval to be missing',
    () => cellOf(clone, 'prod'),
    (cell) => {
      const closed = cell?.verdict.gates.filter(({ phase }) => phase !== 'passed') ?? [];
      return closed.length === 1 && closed[0]?.type === 'approval';
    },
  );
}

async function cellOf(
  clone: DemoClone,
  environment: string,
): Promise<MatrixView['rows'][number]['cells'][number] | undefined> {
  const { stdout } = await clone.drydock(['status', 'podinfo', '--output', 'json']);
  const view = JSON.parse(stdout) as MatrixView;
  return view.rows[0]?.cells.find((cell) => cell.environment === environment);
}

function isRunning(seen: LiveWorkload, tag: string): boolean {
  return seen.available && seen.image === `${IMAGE}:${tag}`;
}
