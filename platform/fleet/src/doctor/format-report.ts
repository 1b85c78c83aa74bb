import { styleText } from 'node:util';
import type { DoctorReport, Finding, Severity } from './finding.ts';

export interface FormatReportOptions {
  /** Whether to colour. @default false */
  readonly color?: boolean | undefined;
}

const MARKS: Readonly<
  Record<Severity, { readonly mark: string; readonly style: 'red' | 'yellow' | 'cyan' }>
> = {
  error: { mark: '✗', style: 'red' },
  warning: { mark: '!', style: 'yellow' },
  info: { mark: 'i', style: 'cyan' },
};

/** A report for people: what was found with the worst first, then in a line what was looked at. */
export function formatDoctorReport(
  report: DoctorReport,
  { color = false }: FormatReportOptions = {},
): string {
  const lines = report.findings.flatMap((finding) => findingLines(finding, color));
  const skipped = report.checks.filter(({ status }) => status === 'skipped');
  const done = report.checks.length - skipped.length;
  const summary = `${done} checks, ${count(report, 'error')}, ${count(report, 'warning')}, ${count(report, 'info')}`;
  const reasons = skipped.map(({ title, reason }) => `  not looked at: ${title} (${reason})`);
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), summary, ...reasons].join('\n')}\n`;
}

function findingLines(
  { code, severity, subject, found, remedy }: Finding,
  color: boolean,
): readonly string[] {
  const { mark, style } = MARKS[severity];
  const head = color ? styleText(style, `${mark} ${code}`, { validateStream: false }) : `${mark} ${code}`;
  return [`${head} ${subject}: ${found}`, ...(remedy === undefined ? [] : [`    → ${remedy}`])];
}

const NAMES: Readonly<Record<Severity, readonly [one: string, more: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
};

function count({ findings }: DoctorReport, severity: Severity): string {
  const number = findings.filter((finding) => finding.severity === severity).length;
  return `${number} ${NAMES[severity][number === 1 ? 0 : 1]}`;
}
