import { InputError, loadFleet, memorySource, NotFoundError } from '@drydock/model';
import { expect, it } from 'vitest';
import { fleetWith } from '../delivery/contract-fleet-fixture.ts';
import { addAddon, switchAddon } from './add-addon.ts';
import { httpVersions } from './http-versions.ts';
import { listAddons, showAddon } from './list-addons.ts';
import { outdatedAddons } from './outdated-addons.ts';
import { compareVersions, newestRelease } from './version-order.ts';

const fleet = await loadFleet(memorySource(fleetWith('argocd')));

it('lists what there is and where it runs', () => {
  expect(listAddons(fleet)).toEqual([
    {
      name: 'https-chart',
      category: 'platform',
      version: '1.2.3',
      description: 'A chart from a repository.',
      clusters: ['dev'],
    },
    {
      name: 'oci-chart',
      category: 'platform',
      version: 'v0.9.0',
      description: 'A chart from a registry.',
      clusters: ['dev'],
    },
  ]);
});

it('shows what an addon needs and who needs it', () => {
  expect(showAddon(fleet, 'oci-chart')).toMatchObject({
    source: 'oci://registry.example.org/charts/api',
    dependsOn: ['https-chart'],
    neededBy: ['podinfo'],
    engines: { dev: 'argocd' },
  });
  expect(() => showAddon(fleet, 'oci-chrat')).toThrow(NotFoundError);
  expect(() => showAddon(fleet, 'oci-chrat')).toThrow('unknown addon "oci-chrat", did you mean "oci-chart"?');
});

it('orders versions as Semantic Versioning does', () => {
  const order = [
    'not a version',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    'v1.0.0',
    '1.0.1',
    '1.10.0',
    '2.0.0',
  ];
  expect(order.toReversed().sort(compareVersions)).toEqual(order);
  expect(newestRelease(['1.9.0', '1.10.0', '2.0.0-rc.1', 'latest'])).toBe('1.10.0');
});

it('says what is outdated, and why something is not known', async () => {
  const answers: Readonly<Record<string, () => Response>> = {
    'https://charts.example.org/index.yaml': () =>
      new Response(
        'entries:\n  web:\n    - version: 1.2.3\n    - version: 1.3.0\n    - version: 2.0.0-rc.1\n',
      ),
    'https://registry.example.org/v2/charts/api/tags/list?n=1000': () => new Response('', { status: 503 }),
  };
  const get = async (url: unknown): Promise<Response> =>
    answers[String(url)]?.() ?? new Response('', { status: 404 });
  expect(await outdatedAddons(fleet, httpVersions({ fetch: get as typeof fetch }))).toEqual([
    { name: 'https-chart', current: '1.2.3', newest: '1.3.0', outdated: true },
    {
      name: 'oci-chart',
      current: 'v0.9.0',
      newest: undefined,
      outdated: false,
      error:
        'failed to get https://registry.example.org/v2/charts/api/tags/list?n=1000: expected status 200, got 503',
    },
  ]);
});

it('asks a registry for a token before its tags', async () => {
  const seen: string[] = [];
  const get = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    seen.push(url);
    if (url.startsWith('https://auth.example.org/')) return Response.json({ token: 'anonymous' });
    if (new Headers(init?.headers).get('authorization') === 'Bearer anonymous')
      return Response.json({ tags: ['1.0.0'] });
    const challenge = 'Bearer realm="https://auth.example.org/token",service="r",scope="repository:a/b:pull"';
    return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
  };
  const source = httpVersions({ fetch: get as typeof fetch });
  expect(await source.chartVersions({ repository: 'oci://r.example.org/a', name: 'b' })).toEqual(['1.0.0']);
  expect(seen[1]).toBe('https://auth.example.org/token?service=r&scope=repository%3Aa%2Fb%3Apull');
});

it('writes a new addon that loads, and switches it on without touching the rest of the file', async () => {
  const chart = { repository: 'https://charts.example.org', name: 'new', version: '1.0.0' };
  const files = addAddon({ name: 'new-addon', description: 'Something: new.', namespace: 'new', chart });
  const base = fleetWith('argocd');
  const cluster = `# about this cluster\n${base['clusters/dev/cluster.yaml']}`;
  const dev = switchAddon(cluster, 'new-addon', 'enabled');
  expect(dev.replace('    addon.drydock.dev/new-addon: enabled\n', '')).toBe(cluster);
  const loaded = await loadFleet(memorySource({ ...base, ...files, 'clusters/dev/cluster.yaml': dev }));
  expect(listAddons(loaded).find(({ name }) => name === 'new-addon')?.clusters).toEqual(['dev']);
});

it('refuses a new addon that would not load', () => {
  const chart = { repository: 'http://charts.example.org', name: 'new', version: 'latest' };
  expect(() => addAddon({ name: 'new', description: 'x', namespace: 'new', chart })).toThrow(InputError);
});
