import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterDetails, KubernetesClustersSupplier } from '@backstage/plugin-kubernetes-node';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfig = z.object({
  clusters: z.array(
    z.object({
      cluster: z.object({
        server: z.string(),
        'certificate-authority-data': z.string().optional(),
      }),
    }),
  ),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })),
});

/** One cluster for each file `<name>.yaml` of a folder; read each time, so that a new cluster needs no restart. */
export class KubeconfigClusterSupplier implements KubernetesClustersSupplier {
  readonly #folder: string;
  readonly #logger: LoggerService;

  constructor(folder: string, logger: LoggerService) {
    this.#folder = folder;
    this.#logger = logger;
  }

  async getClusters(): Promise<ClusterDetails[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const names = files.filter(file => file.endsWith('.yaml')).sort();
    const clusters = await Promise.all(names.map(name => this.read(name)));
    return clusters.filter(cluster => cluster !== undefined);
  }

  private async read(file: string): Promise<ClusterDetails | undefined> {
    const text = await readFile(join(this.#folder, file), 'utf8');
    const parsed = kubeconfig.safeParse(parse(text));
    const [first] = parsed.data?.clusters ?? [];
    const [user] = parsed.data?.users ?? [];
    if (first === undefined || user === undefined) {
      this.#logger.warn(`${file} is not a kubeconfig with a token, it is left out`);
      return undefined;
    }
    return {
      name: file.replace(/\.yaml$/, ''),
      url: first.cluster.server,
      caData: first.cluster['certificate-authority-data'],
      authMetadata: {
        'kubernetes.io/auth-provider': 'serviceAccount',
        serviceAccountToken: user.user.token,
      },
      skipMetricsLookup: true,
    };
  }
}
