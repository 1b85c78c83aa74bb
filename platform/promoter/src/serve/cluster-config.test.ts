import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clusterConfig } from './cluster-config.ts';

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: "https://127.0.0.1:6443" } }]
users: [{ name: u, user: { token: not-to-be-seen } }]
contexts: [{ name: hub, context: { cluster: c, user: u } }, { name: spoke, context: { cluster: c, user: u } }]
current-context: hub
`;

let folder: string;
let kubeconfig: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-kubeconfig-'));
  kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, KUBECONFIG);
});
afterEach(() => rm(folder, { recursive: true }));

it('takes the current context, or the one that is named', () => {
  expect(clusterConfig({ kubeconfig }).getCurrentContext()).toBe('hub');
  expect(clusterConfig({ kubeconfig, context: 'spoke' }).getCurrentContext()).toBe('spoke');
});

it('lists the contexts there are when another one is named, and no secret', () => {
  const ask = () => clusterConfig({ kubeconfig, context: 'hbu' });
  expect(ask).toThrow(/no context "hbu" .*hub, spoke/);
  expect(ask).not.toThrow(/not-to-be-seen/);
});

it('says which file cannot be read', () => {
  expect(() => clusterConfig({ kubeconfig: join(folder, 'none') })).toThrow(
    /none cannot be read as a kubeconfig/,
  );
});
