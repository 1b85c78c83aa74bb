import { describe, expect, it } from 'vitest';
import { parseClusters } from './observe.ts';

const ALL = `dev-control-plane\tdev\trunning
dev-worker\tdev\texited
hub-control-plane\thub\trunning
hub-control-plane2\thub\trunning
hub-external-load-balancer\thub\trunning
other-control-plane\tother\trunning
`;

describe('reading which Kind clusters there are', () => {
  const clusters = parseClusters(
    ALL,
    'dev-control-plane\ndev-worker\nhub-control-plane\nhub-control-plane2\n',
    new Set(['dev', 'other']),
  );

  it.each([
    ['dev', true, true],
    ['hub', true, false],
    ['other', false, false],
  ])('tells of %s whether it is ours and complete', (name, ours, complete) => {
    expect(clusters.get(name)).toMatchObject({ ours, complete });
  });

  it('tells which nodes run', () => {
    expect(clusters.get('dev')?.nodes.map(({ running }) => running)).toEqual([true, false]);
  });

  it('takes a cluster for somebody else’s when one of its nodes does not carry the mark', () => {
    expect(parseClusters(ALL, 'dev-control-plane\n', new Set()).get('dev')?.ours).toBe(false);
  });
});
