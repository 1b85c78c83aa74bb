import type { FleetDown, FleetStatus } from './provider.ts';

/** How each cluster is, one a line. */
export function formatStatus({ provider, fleet, state, clusters }: FleetStatus): string {
  const width = Math.max(...clusters.map(({ name }) => name.length));
  const lines = clusters.map(({ name, state: one, message }) =>
    `  ${name.padEnd(width)}  ${one}${message === undefined ? '' : `: ${message}`}`.trimEnd(),
  );
  return `${[`fleet ${fleet} on ${provider}: ${state}`, ...lines].join('\n')}\n`;
}

/** What was removed, and what was left alone. */
export function formatDown({ removed, kept }: FleetDown): string {
  const lines = [
    removed.length === 0 ? 'there was nothing of this fleet' : `removed: ${removed.join(', ')}`,
    ...kept.map(({ name }) => `left alone, since it was not made by this fleet and working copy: ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}
