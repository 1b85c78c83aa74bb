import { expect, it } from 'vitest';
import { addonValues } from './addon-values.ts';
import { loadFleet } from './load-fleet.ts';
import { memorySource } from './memory-source.ts';
import { SAMPLE_FLEET } from './sample-fleet-fixture.ts';

it('merges common, provider and environment values and fills in what differs from cluster to cluster', async () => {
  const files = {
    ...SAMPLE_FLEET,
    'addons/kyverno/values.yaml': `id: $\{{ cluster.id }}\nhost: "$\{{ cluster.name }}.local"\nlist: [1, 2]\ndeep: { a: 1, b: 1 }\n`,
    'addons/kyverno/values.provider.kind.yaml': 'list: [3]\ndeep: { b: 2 }\n',
    'addons/kyverno/values.environment.dev.yaml': 'deep: { c: 3 }\n',
    'addons/kyverno/values.environment.prod.yaml': '{}\n',
  };
  const fleet = await loadFleet(memorySource(files));
  const [kyverno] = fleet.addons;
  const dev = fleet.clusters.find(({ name }) => name === 'dev');
  expect(kyverno && dev && addonValues(fleet, kyverno, dev)).toEqual({
    id: 2,
    host: 'dev.local',
    list: [3],
    deep: { a: 1, b: 2, c: 3 },
  });
});
