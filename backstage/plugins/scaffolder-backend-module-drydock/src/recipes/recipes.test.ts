import type { FleetView } from '@drydock/plugin-promotion-common';
import { parse } from 'yaml';
import { addAddon } from './addAddon';
import { environmentOverlay } from './environmentOverlay';
import { freeNetwork } from './freeNetwork';
import { newApplication } from './newApplication';
import { newCluster } from './newCluster';
import { newTeam } from './newTeam';
import type { Kitchen } from './Recipe';

const FILES: Record<string, string> = {
  'workloads/payments/checkout/application.yaml':
    'metadata:\n  name: checkout\nspec:\n  image: app:1.0.0 # pinned\n',
  'clusters/dev/cluster.yaml': 'metadata:\n  name: dev\nspec:\n  id: 2\n',
  'clusters/fleet.yaml': 'spec:\n  access:\n    - user: operator\n      role: admin\n',
};

const fleet = {
  clusters: [{ id: 1, podSubnet: '10.10.0.0/16', serviceSubnet: '10.101.0.0/16' }],
  units: [
    { name: 'cilium', kind: 'Addon' },
    { name: 'checkout', kind: 'Application', file: 'workloads/payments/checkout/application.yaml' },
  ],
} as unknown as FleetView;

const kitchen: Kitchen = {
  fleet: async () => fleet,
  file: async path => ({ revision: 'abc', content: FILES[path] }),
};

describe('recipes', () => {
  it('write an application that says only what was filled in', async () => {
    const values = { team: 'payments', name: 'cart', image: 'ghcr.io/a/b:1.0.0', port: 8080 };
    const { files, unit } = await newApplication.plan(values, kitchen);
    expect(unit).toBe('cart');
    expect(files[0]).toMatchObject({ path: 'workloads/payments/cart/application.yaml', mustBeNew: true });
    expect(parse(files[0].content ?? '')).toEqual({
      apiVersion: 'drydock.dev/v1alpha1',
      kind: 'Application',
      metadata: { name: 'cart' },
      spec: { image: 'ghcr.io/a/b:1.0.0', port: 8080 },
    });
  });

  it('cannot be talked into writing YAML of somebody else', async () => {
    const values = { team: 'payments', name: 'cart', image: 'a:1\nevil: true', description: '"}\n- x' };
    const { files } = await newApplication.plan(values, kitchen);
    expect(parse(files[0].content ?? '').spec).toEqual({ image: 'a:1\nevil: true', description: '"}\n- x' });
  });

  it('set an overlay and keep the comments of the file', async () => {
    const values = { name: 'checkout', environment: 'prod', replicas: 3, cpu: '200m' };
    const { files, base } = await environmentOverlay.plan(values, kitchen);
    expect(base).toBe('abc');
    expect(files[0].content).toContain('app:1.0.0 # pinned');
    expect(parse(files[0].content ?? '').spec.overlays).toEqual({
      prod: { replicas: 3, resources: { requests: { cpu: '200m' } } },
    });
  });

  it('refuse an overlay that says nothing, and one of an application that is not there', async () => {
    const plan = (values: object) => environmentOverlay.plan({ environment: 'prod', ...values }, kitchen);
    await expect(plan({ name: 'checkout' })).rejects.toThrow('nothing was filled in');
    await expect(plan({ name: 'cilium', replicas: 1 })).rejects.toThrow('no application "cilium"');
  });

  it('give a new cluster what no other has', async () => {
    const values = { name: 'dev-2', environment: 'dev', addons: ['cilium'] };
    const { files } = await newCluster.plan(values, kitchen);
    expect(parse(files[0].content ?? '')).toMatchObject({
      metadata: { labels: { 'addon.drydock.dev/cilium': 'enabled' } },
      spec: { id: 2, network: { podSubnet: '10.11.0.0/16', serviceSubnet: '10.102.0.0/16' } },
    });
  });

  it('switch an addon on, and say which there are', async () => {
    const { files } = await addAddon.plan({ addon: 'cilium', clusters: ['dev'] }, kitchen);
    expect(parse(files[0].content ?? '').metadata.labels).toEqual({ 'addon.drydock.dev/cilium': 'enabled' });
    await expect(addAddon.plan({ addon: 'cillium', clusters: ['dev'] }, kitchen)).rejects.toThrow(
      'there are: cilium',
    );
  });

  it('add a team with a group that may deploy', async () => {
    const { files } = await newTeam.plan({ name: 'search', group: 'search-devs' }, kitchen);
    expect(files.map(({ path }) => path)).toEqual(['workloads/search/team.yaml', 'clusters/fleet.yaml']);
    expect(parse(files[1].content ?? '').spec.access).toContainEqual({
      group: 'search-devs',
      role: 'deployer',
      teams: ['search'],
    });
  });
});

describe('freeNetwork', () => {
  it('keeps away from larger networks too', () => {
    const taken = [{ id: 1, podSubnet: '10.8.0.0/13', serviceSubnet: '192.168.0.0/16' }];
    expect(freeNetwork(taken)).toEqual({ id: 2, podSubnet: '10.16.0.0/16', serviceSubnet: '10.101.0.0/16' });
  });
});
