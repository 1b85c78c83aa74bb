import { relative } from 'node:path';
import type { FleetAddresses } from '@drydock/fleet';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

/** What runs where, and what to type next. */
export function addressesText(addresses: FleetAddresses, paint: Paint): string {
  const rows = addresses.clusters.map(({ name, environment, url, kubeconfig }) => [
    name,
    environment,
    url,
    relative(process.cwd(), kubeconfig),
  ]);
  return [
    `${paint('bold', addresses.fleet)} is up. Its clusters are simulated: no container runs, the Kubernetes API is real.\n`,
    table(
      ['CLUSTER', 'ENVIRONMENT', 'API SERVER', 'KUBECONFIG'].map((text) => paint('dim', text)),
      rows,
    ),
    table(['git remote', `drydock  ${addresses.git}`], [['promoter', addresses.promoter]]),
    paint('dim', 'NEXT'),
    '  edit workloads/demo/podinfo/application.yaml, then',
    '  git commit -am "podinfo 6.9.1" && git push drydock main',
    '  npx drydock status --watch        see it travel dev → staging, and wait before prod',
    '  npx drydock approve podinfo prod  let it into prod',
    '  npx drydock rollback podinfo dev  put back what ran before',
    '  make down                         end everything',
    '',
  ].join('\n');
}
