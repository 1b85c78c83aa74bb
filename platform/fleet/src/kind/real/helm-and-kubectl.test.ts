import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningCluster, startCluster } from '@drydock/kube';
import type { FleetModel } from '@drydock/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { $ } from 'zx';
import type { Command, CommandResult, ToolRunner } from '../../tools/command.ts';
import { zxToolRunner } from '../../tools/zx-tool-runner.ts';
import { KindProvider } from '../kind-provider.ts';
import { kindKubeconfig, kindPaths } from '../names.ts';
import { SimulatedMachine } from '../simulated-machine.ts';
import { testFleet, testProfile } from '../test-fleet.ts';
import { isOnPath } from './tool-on-path.ts';

const CLUSTERS = [
  { name: 'hub', id: 1, environment: 'prod', role: 'hub', addons: ['argo-cd'] },
  { name: 'dev', id: 2, environment: 'prod', addons: ['gateway-api', 'cilium'] },
  { name: 'edge', id: 3, environment: 'prod', engine: 'flux', addons: ['flux'] },
  { name: 'spare', id: 4, environment: 'dev', addons: [] },
] as const;

const COREDNS = `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data: {Corefile: ".:53 {\\n    errors\\n}\\n"}
`;

/** Docker and Kind are simulated, a cluster is an embedded one; helm and kubectl are the real ones. */
class HalfRealMachine implements ToolRunner {
  readonly simulated = new SimulatedMachine();
  readonly #real: ToolRunner;
  readonly #root: string;
  readonly #clusters: RunningCluster[] = [];

  constructor(root: string) {
    this.#root = root;
    this.#real = zxToolRunner({ cwd: root, logs: join(root, 'logs') });
  }

  async run(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    if (command.tool === 'helm' || command.tool === 'git') return this.#real.run(command, signal);
    if (command.tool === 'kubectl') {
      const result = await this.#real.run(command, signal);
      if (command.stdin?.includes('kubernetes.io/service-account-token')) await this.#fillToken(command);
      return result;
    }
    if (command.tool === 'kind' && command.args[0] === 'create') await this.#start(command);
    return this.simulated.run(command, signal);
  }

  async close(): Promise<void> {
    await Promise.all(this.#clusters.map((cluster) => cluster.close()));
  }

  /** The part of Kubernetes' token controller that an embedded cluster does not have. */
  async #fillToken({ args }: Command): Promise<void> {
    const data = { token: Buffer.from('head.body.tail').toString('base64'), 'ca.crt': 'Q0E=' };
    const target = [
      'secret/drydock-delivery-token',
      '--namespace=kube-system',
      `--patch=${JSON.stringify({ data })}`,
    ];
    await $({ quiet: true })`kubectl ${[...args.slice(0, 1), 'patch', ...target]}`;
  }

  async #start({ args }: Command): Promise<void> {
    const name = args.find((word) => word.startsWith('--name='))?.slice('--name='.length) ?? '';
    const cluster = await startCluster({ name, dataDir: join(this.#root, 'data', name) });
    this.#clusters.push(cluster);
    const file = kindKubeconfig(kindPaths(this.#root), name);
    await writeFile(file, cluster.kubeconfig());
    await $({ input: COREDNS, quiet: true })`kubectl ${[`--kubeconfig=${file}`, 'apply', '--filename=-']}`;
  }
}

describe.skipIf(!isOnPath('helm', 'version') || !isOnPath('kubectl', 'version', '--client'))(
  'the real helm and kubectl, on embedded clusters',
  { timeout: 180_000 },
  () => {
    let root: string;
    let charts: Server;
    let machine: HalfRealMachine;
    let provider: KindProvider;

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'drydock-half-real-'));
      charts = await serveCharts(join(root, 'charts'), ['argo-cd', 'cilium', 'flux']);
      const source = await makeSource(join(root, 'source'));
      const { port } = charts.address() as AddressInfo;
      machine = new HalfRealMachine(root);
      const clock = { now: () => performance.now(), sleep: async (time: number) => void (await sleep(time)) };
      const fleet = localSources(await testFleet(CLUSTERS), `http://127.0.0.1:${port}`, source);
      provider = new KindProvider({ root, fleet, profile: testProfile(), tools: machine, clock });
    }, 60_000);
    afterAll(async () => {
      await machine.close();
      charts.close();
      await rm(root, { recursive: true, force: true });
    });

    const kubectl = async (cluster: string, ...args: readonly string[]): Promise<string> => {
      const file = kindKubeconfig(kindPaths(root), cluster);
      const { stdout } = await $({ quiet: true })`kubectl ${[`--kubeconfig=${file}`, ...args]}`;
      return String(stdout).trim();
    };

    it('accept every command of a whole plan', async () => {
      expect((await provider.up()).state).toBe('running');
      expect(
        await kubectl('hub', 'get', 'configmap/argo-cd', '-n', 'argocd', '-o=jsonpath={.data.greeting}'),
      ).toBe('hello');
    });

    it('apply what an addon has in git, at its tag', async () => {
      expect(
        await kubectl('dev', 'get', 'customresourcedefinition/buoys.test.drydock.dev', '-o=name'),
      ).toContain('buoys');
    });

    it('leave the clusters registered with Argo CD, and the repository', async () => {
      const secrets = await kubectl(
        'hub',
        'get',
        'secrets',
        '-n',
        'argocd',
        '-l',
        'argocd.argoproj.io/secret-type',
        '-o=name',
      );
      expect(secrets.split('\n')).toEqual([
        'secret/cluster-dev',
        'secret/cluster-spare',
        'secret/repository-fleet',
      ]);
    });

    it('leave one root on each engine, and the name of the git server on every cluster', async () => {
      expect(await kubectl('hub', 'get', 'applications.argoproj.io', '-n', 'argocd', '-o=name')).toBe(
        'application.argoproj.io/drydock',
      );
      expect(
        await kubectl(
          'edge',
          'get',
          'gitrepository/fleet',
          '-n',
          'flux-system',
          '-o=jsonpath={.spec.secretRef.name}',
        ),
      ).toBe('fleet-git');
      for (const { name } of CLUSTERS) {
        expect(
          await kubectl(
            name,
            'get',
            'configmap/coredns',
            '-n',
            'kube-system',
            '-o=jsonpath={.data.Corefile}',
          ),
        ).toContain('rewrite stop name exact git.drydock.internal');
        expect(
          await kubectl(
            name,
            'get',
            'endpointslices',
            '-n',
            'drydock-system',
            '-o=jsonpath={.items[*].endpoints[*].addresses[*]}',
          ),
        ).toBe('172.18.0.1');
      }
    });

    it('do nothing the second time that changes anything', async () => {
      const before = await kubectl(
        'hub',
        'get',
        'configmap/argo-cd',
        'secret/cluster-dev',
        '-n',
        'argocd',
        '-o=jsonpath={.items[*].metadata.resourceVersion}',
      );
      await provider.up();
      const after = await kubectl(
        'hub',
        'get',
        'configmap/argo-cd',
        'secret/cluster-dev',
        '-n',
        'argocd',
        '-o=jsonpath={.items[*].metadata.resourceVersion}',
      );
      expect(after).toBe(before);
    });

    it('leave no credential in the logs', async () => {
      const token = await kubectl(
        'dev',
        'get',
        'secret/drydock-delivery-token',
        '-n',
        'kube-system',
        '-o=jsonpath={.data.token}',
      );
      const log = await readFile(join(root, 'logs', 'kubectl.log'), 'utf8');
      expect(token).not.toBe('');
      expect(log).not.toContain(token);
      expect(log).not.toContain(Buffer.from(token, 'base64').toString());
    });
  },
);

function localSources(fleet: FleetModel, charts: string, git: string): FleetModel {
  const addons = fleet.addons.map((addon) => ({
    ...addon,
    ...(addon.chart && { chart: { ...addon.chart, repository: charts } }),
    ...(addon.git && { git: { ...addon.git, repository: git } }),
    ...(addon.crds && { crds: { ...addon.crds, names: [...addon.crds.names, CRD.metadata.name] } }),
  }));
  return { ...fleet, addons };
}

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'buoys.test.drydock.dev' },
  spec: {
    group: 'test.drydock.dev',
    names: { kind: 'Buoy', plural: 'buoys' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

/** A git repository with a folder of manifests that is no kustomization, at the tag that the addon names. */
async function makeSource(folder: string): Promise<string> {
  await mkdir(join(folder, 'config', 'crd'), { recursive: true });
  await writeFile(join(folder, 'config', 'crd', 'buoys.json'), JSON.stringify(CRD));
  const git = $({ quiet: true, cwd: folder });
  await git`git init --quiet`;
  await git`git add --all`;
  await git`git -c user.name=t -c user.email=t@t commit --quiet --message=crds`;
  await git`git tag v1.6.1`;
  return `file://${folder}`;
}

/** A chart repository with charts of one object each. */
async function serveCharts(folder: string, names: readonly string[]): Promise<Server> {
  for (const name of names) {
    await mkdir(join(folder, name, 'templates'), { recursive: true });
    await writeFile(join(folder, name, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n`);
    const object = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  greeting: hello\n`;
    await writeFile(join(folder, name, 'templates', 'greeting.yaml'), object);
    await $({ quiet: true, cwd: folder })`helm package ${name}`;
  }
  await $({ quiet: true, cwd: folder })`helm repo index .`;
  const server = createServer(async (request, response) => {
    const file = await readFile(join(folder, String(request.url).replaceAll('..', ''))).catch(
      () => undefined,
    );
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  return server;
}
