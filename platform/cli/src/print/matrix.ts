import type { CellView, MatrixView } from '@drydock/promoter';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { formatSpan } from './time.ts';

const HEALTH_STYLE = {
  Healthy: 'green',
  Progressing: 'yellow',
  Degraded: 'red',
  Suspended: 'dim',
  Missing: 'yellow',
  Unknown: 'dim',
} as const;
const HEALTH_SIGN = {
  Healthy: '●',
  Progressing: '◐',
  Degraded: '✗',
  Suspended: '‖',
  Missing: '○',
  Unknown: '?',
} as const;

/** The matrix Unit × Environment, and below it what waits and why. */
export function matrixText(view: MatrixView, paint: Paint): string {
  const header = [
    'UNIT',
    'OWNER',
    ...view.environments.map(({ name, freeze }) => name.toUpperCase() + frozenText(freeze)),
  ];
  const rows = view.rows.map((row) => [
    paint('bold', row.unit),
    row.team ?? paint('dim', 'platform'),
    ...row.cells.map((cell) => cellText(cell, paint)),
  ]);
  const parts = [
    headline(view, paint),
    ...(view.hydration === undefined ? [] : [hydrationText(view.hydration, paint)]),
    view.rows.length === 0
      ? 'No unit has a release yet.\n'
      : table(
          header.map((text) => paint('dim', text)),
          rows,
        ),
    waitingText(view, paint),
  ];
  return parts.filter(Boolean).join('\n');
}

/** Whether an environment is frozen, and until when. */
function frozenText(freeze: MatrixView['environments'][number]['freeze']): string {
  if (freeze === undefined) return '';
  return freeze.until === undefined
    ? ' (frozen)'
    : ` (frozen until ${freeze.until.slice(0, 16).replace('T', ' ')} UTC)`;
}

function headline({ fleet, revision }: MatrixView, paint: Paint): string {
  return `${paint('bold', fleet ?? 'fleet')}  ${revision === undefined ? 'nothing has been pushed yet' : `main at ${revision.slice(0, 8)}`}\n`;
}

function hydrationText(hydration: NonNullable<MatrixView['hydration']>, paint: Paint): string {
  const title = paint('red', `${hydration.revision.slice(0, 8)} was not hydrated: ${hydration.message}`);
  return `${[title, ...hydration.problems.map((problem) => `  ${problem}`)].join('\n')}\n`;
}

function cellText(cell: CellView, paint: Paint): string {
  if (cell.release === undefined) return paint('dim', cell.verdict.action === 'none' ? '–' : '· waiting');
  const health = cell.health ?? 'Unknown';
  const revisions = new Set(cell.placements.map(({ revision }) => revision));
  const mixed =
    revisions.size > 1
      ? ` ${cell.placements.filter((one) => one.release === cell.release?.id).length}/${cell.placements.length}`
      : '';
  const sign = paint(HEALTH_STYLE[health], `${HEALTH_SIGN[health]} ${health}`);
  return `${cell.release.name}${mixed} ${sign}${cell.hold === undefined ? '' : paint('cyan', ' held')}`;
}

function waitingText(view: MatrixView, paint: Paint): string {
  const lines = view.rows.flatMap((row) =>
    worthSaying(row.cells).map((cell) => [
      `  ${row.unit} → ${cell.environment}`,
      reasonText(cell, Date.parse(view.asOf), paint),
    ]),
  );
  return lines.length === 0
    ? ''
    : `${paint('dim', 'WAITING')}
${align(lines)}`;
}

function align(lines: readonly (readonly string[])[]): string {
  const [first = ['', ''], ...rest] = lines;
  return table(first, rest);
}

/** The cells with news: not what simply has not come that far, nor what only waits for the health of one before it. */
function worthSaying(cells: readonly CellView[]): readonly CellView[] {
  const unhealthy = cells.findIndex(isUnhealthy);
  return cells.filter((cell, index) => {
    if (isUnhealthy(cell)) return true;
    const { action, reasons, gates } = cell.verdict;
    if (action === 'blocked' || action === 'promote') return true;
    const closed = gates.filter(({ phase }) => phase !== 'passed');
    const told =
      unhealthy >= 0 && unhealthy < index && closed.every(({ type }) => type === 'health' || type === 'soak');
    return action === 'wait' && !told && !reasons.every(({ code }) => code === 'upstream');
  });
}

function isUnhealthy({ health }: CellView): boolean {
  return health === 'Degraded' || health === 'Unknown';
}

function reasonText(cell: CellView, now: number, paint: Paint): string {
  const { verdict } = cell;
  const opens =
    verdict.opensAt === undefined
      ? ''
      : ` ${paint('dim', `(opens in ${formatSpan(Date.parse(verdict.opensAt) - now)})`)}`;
  const bad = cell.placements.find(({ health, message }) => health !== 'Healthy' && message !== undefined);
  const said =
    verdict.action === 'current' || verdict.action === 'none'
      ? []
      : verdict.reasons.map(({ message }) => message);
  const health = bad === undefined ? [] : [paint(HEALTH_STYLE[bad.health], `${bad.cluster}: ${bad.message}`)];
  const candidate = verdict.candidate === undefined || said.length === 0 ? '' : `${verdict.candidate.name}: `;
  return candidate + [...said, ...health].join('; ') + opens + remedyText(cell, paint);
}

/** What to type where only a person's consent is missing; it names the release, so that nobody approves another one. */
function remedyText({ verdict, environment }: CellView, paint: Paint): string {
  const closed = verdict.gates.filter(({ phase }) => phase !== 'passed');
  const waitsForPeople = verdict.action === 'wait' && closed.length === 1 && closed[0]?.type === 'approval';
  if (!waitsForPeople || verdict.candidate === undefined) return '';
  const command = `drydock approve ${verdict.unit} ${environment} --release ${verdict.candidate.name}`;
  return `\n${' '.repeat(4)}${paint('dim', `"${verdict.candidate.subject}": ${command}`)}`;
}
