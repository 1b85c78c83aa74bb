import type { FleetStatus } from '@drydock/fleet';

/** How each cluster is, one a line. */
export function statusText({ fleet, state, clusters }: FleetStatus): string {
  const width = Math.max(...clusters.map(({ name }) => name.length));
  const lines = clusters.map(({ name, state: one, message }) =>
    `  ${name.padEnd(width)}  ${one}${message === undefined ? '' : `: ${message}`}`.trimEnd(),
  );
  return `${[`fleet ${fleet} on kind: ${state}`, ...lines].join('\n')}\n`;
}
