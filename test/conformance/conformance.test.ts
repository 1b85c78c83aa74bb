import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCluster, startCluster } from '@drydock/kube';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from './cases/index.ts';
import { readBaseline, runCase } from './run-case.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'drydock-conformance-'));
const baseline = new Map(readBaseline().map((known) => [known.case, known.reason]));
const config = new KubeConfig();
let cluster: RunningCluster;

beforeAll(async () => {
  // A second start: a cluster that has a past, as every real one has.
  await (await startCluster({ name: 'conformance', dataDir })).close();
  cluster = await startCluster({ name: 'conformance', dataDir, simulation: { podReadyAfter: 50 } });

  config.loadFromString(cluster.kubeconfig());
});
afterAll(async () => {
  await cluster.close();
  rmSync(dataDir, { recursive: true });
});

describe('the embedded cluster behaves as a Kubernetes API server does', () => {
  const cases = CASES.map((each, index) => ({ each, index, reason: baseline.get(each.name) }));

  it.each(cases.filter(({ reason }) => reason === undefined))('$each.name', async ({ each, index }) => {
    expect(await runCase(config, each, index)).toBeUndefined();
  });

  it.each(cases.filter(({ reason }) => reason !== undefined))(
    'but not (known): $each.name',
    async ({ each, index }) => {
      expect(await runCase(config, each, index)).toBeDefined();
    },
  );

  it('has a baseline of cases that exist, with reasons', () => {
    const names = new Set(CASES.map(({ name }) => name));
    expect([...baseline.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect([...baseline.values()].every((reason) => reason.length > 10)).toBe(true);
  });
});
