import type { VerdictView } from '@drydock/promoter';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { formatSpan } from './time.ts';

const STYLE = { promote: 'green', wait: 'yellow', blocked: 'red', current: 'dim', none: 'dim' } as const;
const SIGN = { passed: '✓', pending: '…', failed: '✗' } as const;

/** Verdicts with their reasons; gates that were looked at stand below. */
export function verdictsText(verdicts: readonly VerdictView[], paint: Paint, now: number): string {
  if (verdicts.length === 0) return 'Nothing to decide.\n';
  const rows = verdicts.map((verdict) => [
    verdict.unit,
    verdict.environment,
    paint(STYLE[verdict.action], verdict.action),
    verdict.candidate?.name ?? '–',
    verdict.clusters.join(', ') || '–',
    explain(verdict, now),
  ]);
  return table(['UNIT', 'ENVIRONMENT', 'VERDICT', 'RELEASE', 'CLUSTERS', 'WHY'], rows);
}

function explain({ gates, reasons, opensAt }: VerdictView, now: number): string {
  const said =
    gates.length > 0
      ? gates.map(({ type, phase, reason }) => `${SIGN[phase]} ${type}: ${reason}`)
      : reasons.map(({ message }) => message);
  const opens = opensAt === undefined ? '' : ` (opens in ${formatSpan(Date.parse(opensAt) - now)})`;
  const others =
    gates.length > 0
      ? reasons.filter(({ code }) => code === 'freeze' || code === 'hold').map(({ message }) => message)
      : [];
  return [...others, ...said].join('; ') + opens;
}
