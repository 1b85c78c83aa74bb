import { loadFleet, memorySource } from '@drydock/model';
import { expect, it } from 'vitest';
import { fleetWith } from '../delivery/contract-fleet-fixture.ts';
import { graphMermaid, graphText } from './fleet-graph.ts';

const fleet = await loadFleet(memorySource(fleetWith('argocd')));

it('draws units, dependencies and clusters', () => {
  expect(graphMermaid(fleet)).toBe(`flowchart LR
  subgraph "dev"
    https-chart([https-chart])
    oci-chart([oci-chart])
    podinfo[podinfo]
  end
  https-chart --> oci-chart
  oci-chart --> podinfo
`);
});

it('writes the same as an indented list', () => {
  expect(graphText(fleet)).toBe('https-chart (dev)\n  oci-chart (dev)\n    podinfo (dev)\n');
  expect(graphText(fleet, { cluster: 'hub' })).toBe('\n');
});
