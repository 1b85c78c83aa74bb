import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConflictError } from '@drydock/model';
import { afterEach, describe, expect, it } from 'vitest';
import { providerContract } from '../provider-contract.ts';
import { KindProvider } from './kind-provider.ts';
import { kindPaths } from './names.ts';
import { SimulatedMachine } from './simulated-machine.ts';
import { testFleet, testProfile } from './test-fleet.ts';

const folders: string[] = [];

async function open(spec: object = {}) {
  const root = await mkdtemp(join(tmpdir(), 'drydock-kind-'));
  folders.push(root);
  const machine = new SimulatedMachine();
  let now = 0;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  const clock = { now: () => now, sleep };
  const fleet = await testFleet();
  const provider = new KindProvider({ root, fleet, profile: testProfile(spec), tools: machine, clock });
  return { root, machine, provider };
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

providerContract('kind, on a simulated machine', async () => {
  const { root, provider, machine } = await open();
  folders.length = 0; // the contract's tests share it, and close it
  machine.addForeign('somebody');
  const { kubeconfigs } = kindPaths(root);
  await mkdir(kubeconfigs, { recursive: true });
  for (const name of ['hub', 'dev', 'edge'])
    await writeFile(join(kubeconfigs, `${name}.yaml`), 'apiVersion: v1\n');
  return {
    provider,
    clusters: ['hub', 'dev', 'edge'],
    makes: true,
    close: () => rm(root, { recursive: true, force: true }),
  };
});

describe('bringing a fleet up on Kind', () => {
  it('goes on from wherever it was interrupted, and ends the same', async () => {
    const whole = await open();
    await whole.provider.up();
    const changes = whole.machine.commands.filter(({ args }) =>
      args.some((word) => CHANGING.test(word)),
    ).length;
    expect(changes).toBeGreaterThan(20);
    for (let after = 0; after < changes; after += 1) {
      const { machine, provider } = await open({ parallel: 1 });
      machine.interruptAfter(after);
      await expect(provider.up(), `change ${after}`).rejects.toThrow('interrupted');
      expect((await provider.up()).state, `after change ${after}`).toBe('running');
      expect(machine.containers.map(({ name }) => name).toSorted()).toEqual(
        whole.machine.containers.map(({ name }) => name).toSorted(),
      );
    }
  });

  it('makes a cluster anew that was left half-made', async () => {
    const { machine, provider } = await open({ parallel: 1 });
    machine.interruptAfter(0);
    await expect(provider.up()).rejects.toThrow();
    const half = (await provider.status()).clusters.filter(({ state }) => state === 'incomplete');
    expect(half).toHaveLength(1);
    await provider.up();
    expect(
      machine.calls.filter((call) => call.startsWith(`kind delete cluster --name=${half[0]?.name}`)),
    ).toHaveLength(1);
  });

  it('starts clusters again that were stopped', async () => {
    const { machine, provider } = await open();
    await provider.up();
    machine.stopAll();
    expect((await provider.status()).clusters.map(({ state }) => state)).toEqual([
      'stopped',
      'stopped',
      'stopped',
    ]);
    expect((await provider.up()).state).toBe('running');
    expect(machine.calls.filter((call) => call.startsWith('kind create'))).toHaveLength(3);
  });

  it('installs nothing by Helm that is installed, since GitOps may have moved it on', async () => {
    const { machine, provider } = await open();
    await provider.up();
    const before = machine.calls.filter((call) => call.startsWith('helm upgrade')).length;
    await provider.up();
    expect(machine.calls.filter((call) => call.startsWith('helm upgrade'))).toHaveLength(before);
  });

  it('never touches a cluster of the same name that is not ours', async () => {
    const { machine, provider } = await open();
    machine.addForeign('dev');
    await expect(provider.up()).rejects.toBeInstanceOf(ConflictError);
    const { removed, kept } = await provider.down();
    expect(removed).toEqual([]);
    expect(kept).toEqual([{ name: 'dev', state: 'foreign' }]);
    expect(machine.containers.map(({ name }) => name)).toEqual(['dev-control-plane']);
    expect(machine.calls.filter((call) => /^kind (create|delete)/.test(call))).toEqual([]);
  });

  it('refuses to begin when the machine does not fit', async () => {
    const { root, machine } = await open();
    const fleet = await testFleet();
    const clock = { now: () => 0, sleep: async () => {} };
    const preflight = async () => ['DRY112: too little memory'];
    const provider = new KindProvider({
      root,
      fleet,
      profile: testProfile(),
      tools: machine,
      clock,
      preflight,
    });
    await expect(provider.up()).rejects.toMatchObject({
      problems: [{ message: 'DRY112: too little memory' }],
    });
    expect(machine.containers).toEqual([]);
  });

  it('tells when a cluster was made with another configuration', async () => {
    const { root, machine, provider } = await open();
    await provider.up();
    const clock = { now: () => 0, sleep: async () => {} };
    const profile = testProfile({ workers: 2 });
    const changed = new KindProvider({ root, fleet: await testFleet(), profile, tools: machine, clock });
    const { clusters } = await changed.status();
    expect(clusters.map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringContaining('has changed')),
    );
  });

  it('feeds credentials to commands and never puts them on a command line', async () => {
    const { machine, provider } = await open();
    await provider.up();
    expect(machine.calls.filter((call) => call.includes('head.body.tail'))).toEqual([]);
    expect(machine.commands.some(({ stdin = '' }) => stdin.includes('head.body.tail'))).toBe(true);
  });
});

const CHANGING = /^(create|delete|upgrade|apply|start)$/;
