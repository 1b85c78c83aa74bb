import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCluster, startCluster } from '@drydock/kube';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { deployment } from './case.ts';

const folder = mkdtempSync(join(tmpdir(), 'drydock-kubectl-'));
const kubeconfig = join(folder, 'kubeconfig');
let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await startCluster({
    name: 'kubectl',
    dataDir: join(folder, 'data'),
    simulation: { podReadyAfter: 50 },
  });
  writeFileSync(kubeconfig, cluster.kubeconfig(), { mode: 0o600 });
});
afterAll(async () => {
  await cluster.close();
  rmSync(folder, { recursive: true });
});

describe.skipIf(!hasKubectl())('kubectl on an embedded cluster', () => {
  it('applies, sees no change, shows a diff and applies it', async () => {
    const web = manifest('web', { replicas: 1 });
    expect((await kubectl('apply', '-f', web)).out).toContain('deployment.apps/web created');
    expect((await kubectl('apply', '-f', web)).out).toContain('unchanged');
    expect(await kubectl('diff', '-f', web)).toMatchObject({ code: 0, out: '' });
    const more = manifest('web', { replicas: 2 });
    const diff = await kubectl('diff', '-f', more);
    expect(diff).toMatchObject({ code: 1, out: expect.stringContaining('+  replicas: 2') });
    expect((await kubectl('apply', '-f', more)).out).toContain('configured');
  });

  it('follows a rollout, and undoes one', async () => {
    await kubectl('apply', '-f', manifest('roll', { replicas: 2 }));
    expect((await kubectl('rollout', 'status', 'deploy/roll', '--timeout=20s')).out).toContain(
      'successfully rolled out',
    );
    await kubectl('set', 'image', 'deploy/roll', 'main=other:2');
    await kubectl('rollout', 'status', 'deploy/roll', '--timeout=20s');
    expect((await kubectl('rollout', 'history', 'deploy/roll')).out).toMatch(/1\s+<none>\n2\s+<none>/);
    await kubectl('rollout', 'undo', 'deploy/roll');
    const image = await kubectl(
      'get',
      'deploy',
      'roll',
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    );
    expect(image.out).toBe('registry.k8s.io/pause:3.10');
    expect((await kubectl('rollout', 'restart', 'deploy/roll')).code).toBe(0);
  });

  it('applies on the server side and reports conflicts', async () => {
    const file = manifest('ssa', { replicas: 1 });
    await kubectl('apply', '--server-side', '--field-manager=one', '-f', file);
    const other = await kubectl(
      'apply',
      '--server-side',
      '--field-manager=two',
      '-f',
      manifest('ssa', { replicas: 3 }),
    );
    expect(other.err).toContain('conflict with "one": .spec.replicas');
    const forced = await kubectl(
      'apply',
      '--server-side',
      '--field-manager=two',
      '--force-conflicts',
      '-f',
      manifest('ssa', { replicas: 3 }),
    );
    expect(forced.out).toContain('serverside-applied');
  });

  it('waits for conditions, for fields and for the end', async () => {
    await kubectl('apply', '-f', manifest('wait', { replicas: 1 }));
    expect(
      (await kubectl('wait', '--for=condition=Available', 'deploy/wait', '--timeout=20s')).out,
    ).toContain('condition met');
    expect(
      (await kubectl('wait', '--for=jsonpath={.status.readyReplicas}=1', 'deploy/wait', '--timeout=20s'))
        .code,
    ).toBe(0);
    expect((await kubectl('delete', 'deploy', 'wait', '--timeout=20s')).out).toContain('deleted');
    expect((await kubectl('get', 'deploy', 'wait')).err).toContain('NotFound');
    expect((await kubectl('wait', '--for=delete', 'pod', '-l', 'app=wait', '--timeout=20s')).code).toBe(0);
  });

  it('prints tables, wide tables and fields', async () => {
    await kubectl('apply', '-f', manifest('table', { replicas: 1 }));
    await kubectl('rollout', 'status', 'deploy/table', '--timeout=20s');
    const lines = (await kubectl('get', 'deploy', 'table')).out.split('\n');
    expect(lines[0]).toMatch(/^NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE$/);
    expect(lines[1]).toMatch(/^table\s+1\/1\s+1\s+1\s+\d+s$/);
    expect((await kubectl('get', 'deploy', 'table', '-o', 'wide')).out).toContain(
      'registry.k8s.io/pause:3.10',
    );
    expect((await kubectl('get', 'all', '-A')).out).toContain('service/kubernetes');
    expect((await kubectl('get', 'nodes')).out).toMatch(/kubectl-control-plane\s+Ready/);
  });

  it('watches', async () => {
    const watch = spawn('kubectl', ['get', 'cm', '-w', '-o', 'name', '-l', 'watched=yes'], {
      env: environment(),
    });
    let seen = '';
    watch.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    await kubectl('create', 'cm', 'seen');
    await kubectl('label', 'cm', 'seen', 'watched=yes');
    for (let tries = 0; tries < 400 && !seen.includes('configmap/seen'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    watch.kill();
    expect(seen).toContain('configmap/seen');
  });

  it('explains built-in and custom kinds', async () => {
    expect((await kubectl('explain', 'deployment.spec.replicas')).out).toContain('Number of desired pods');
    expect((await kubectl('explain', 'app')).out).toMatch(/KIND:\s+Application/);
  });

  it.each([
    [['namespace', 'made']],
    [['configmap', 'made', '--from-literal=a=b']],
    [['secret', 'generic', 'made', '--from-literal=a=b']],
    [['deployment', 'made', '--image=made:1', '--replicas=0', '--port=80']],
    [['service', 'clusterip', 'made', '--tcp=80:8080']],
    [['job', 'made', '--image=made:1', '--', 'date']],
    [['cronjob', 'made', '--image=made:1', '--schedule=0 0 * * *']],
    [['role', 'made', '--verb=get', '--resource=pods']],
    [['rolebinding', 'made', '--role=made', '--serviceaccount=default:default']],
    [['ingress', 'made', '--rule=made.example/path=made:80']],
    [['pdb', 'made', '--selector=app=made', '--min-available=50%']],
    [['quota', 'made', '--hard=pods=10']],
    [['priorityclass', 'made', '--value=10']],
    [['serviceaccount', 'made']],
  ])('creates %j', async (words) => {
    expect(await kubectl('create', ...words)).toMatchObject({
      code: 0,
      out: expect.stringContaining('created'),
    });
  });

  it('patches, scales, labels, annotates and exposes', async () => {
    await kubectl('apply', '-f', manifest('edit', { replicas: 1 }));
    expect((await kubectl('patch', 'deploy', 'edit', '-p', '{"spec":{"minReadySeconds":1}}')).out).toContain(
      'patched',
    );
    expect(
      (
        await kubectl(
          'patch',
          'deploy',
          'edit',
          '--type=json',
          '-p',
          '[{"op":"remove","path":"/spec/minReadySeconds"}]',
        )
      ).out,
    ).toContain('patched');
    expect((await kubectl('scale', 'deploy', 'edit', '--replicas=2')).out).toContain('scaled');
    expect((await kubectl('label', 'deploy', 'edit', 'a=b')).out).toContain('labeled');
    expect((await kubectl('annotate', 'deploy', 'edit', 'a=b')).out).toContain('annotated');
    expect((await kubectl('expose', 'deploy', 'edit', '--port=80')).out).toContain('exposed');
    expect((await kubectl('autoscale', 'deploy', 'edit', '--min=1', '--max=3')).out).toContain('autoscaled');
    const script = join(folder, 'editor.sh');
    writeFileSync(script, '#!/bin/sh\nsed -i "s/replicas: 2/replicas: 3/" "$1"\n', { mode: 0o700 });
    expect((await kubectl('edit', 'deploy', 'edit')).out).toContain('edited');
    expect((await kubectl('get', 'deploy', 'edit', '-o', 'jsonpath={.spec.replicas}')).out).toBe('3');
  });

  it('answers who may do what, and what there is', async () => {
    expect((await kubectl('auth', 'can-i', 'create', 'pods')).out.trim()).toBe('yes');
    expect((await kubectl('auth', 'whoami')).out).toContain('drydock-admin');
    expect((await kubectl('api-resources')).out).toMatch(/applications\s+app,apps\s+argoproj.io\/v1alpha1/);
    expect((await kubectl('api-versions')).out).toContain('apps/v1');
    expect((await kubectl('cluster-info')).out).toContain('https://127.0.0.1');
  });

  it('describes a pod with its events, and says honestly that it is simulated', async () => {
    await kubectl('run', 'lone', '--image=lone:1');
    await kubectl('wait', '--for=condition=Ready', 'pod/lone', '--timeout=20s');
    expect((await kubectl('describe', 'pod', 'lone')).out).toContain('drydock-simulation');
    expect((await kubectl('logs', 'lone')).out).toContain('simulated');
    expect(await kubectl('exec', 'lone', '--', 'true')).toMatchObject({
      code: 1,
      err: expect.stringContaining('simulated'),
    });
    expect(await kubectl('port-forward', 'lone', '8080:80', '--address=127.0.0.1')).toMatchObject({
      code: 1,
    });
    expect((await kubectl('top', 'pods')).code).not.toBe(0);
  });
});

function manifest(name: string, spec: object): string {
  const path = join(folder, `${name}-${JSON.stringify(spec).replaceAll(/\W/g, '')}.yaml`);
  writeFileSync(path, stringify(deployment(name, spec)));
  return path;
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: kubeconfig,
    KUBE_EDITOR: join(folder, 'editor.sh'),
  };
}

function kubectl(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile('kubectl', words, { env: environment(), timeout: 30_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err });
    });
  });
}

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
