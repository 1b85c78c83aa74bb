import type { DiffLine } from './line-diff.ts';

const CONTEXT = 3;
const MARKS = { same: ' ', added: '+', removed: '-' } as const;

/** Prints a comparison as hunks of a unified diff, with three lines of context (POSIX `diff -u`). */
export function unifiedHunks(lines: readonly DiffLine[]): string {
  return ranges(lines)
    .map((range) => hunk(lines, range))
    .join('');
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where lines differ, widened by the context; ranges that meet are one. */
function ranges(lines: readonly DiffLine[]): readonly Range[] {
  const found: { from: number; to: number }[] = [];
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const from = Math.max(0, index - CONTEXT);
    const to = Math.min(lines.length, index + CONTEXT + 1);
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else found.push({ from, to });
  });
  return found;
}

function hunk(lines: readonly DiffLine[], { from, to }: Range): string {
  const earlier = lines.slice(0, from);
  const own = lines.slice(from, to);
  const count = (part: readonly DiffLine[], without: DiffLine['kind']) =>
    part.filter(({ kind }) => kind !== without).length;
  const side = (without: DiffLine['kind']): string => {
    const length = count(own, without);
    const start = count(earlier, without) + (length === 0 ? 0 : 1);
    return length === 1 ? `${start}` : `${start},${length}`;
  };
  const body = own.map(({ kind, text }) => `${MARKS[kind]}${text}\n`).join('');
  return `@@ -${side('added')} +${side('removed')} @@\n${body}`;
}
