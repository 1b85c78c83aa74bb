/** One line of a comparison. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The shortest way from one text to another, line by line (E. Myers, "An O(ND) Difference Algorithm", 1986). */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end))
    end++;
  const same = (lines: readonly string[]): readonly DiffLine[] =>
    lines.map((text) => ({ kind: 'same', text }));
  const middle = shortestEdit(left.slice(start, left.length - end), right.slice(start, right.length - end));
  return [...same(left.slice(0, start)), ...middle, ...same(left.slice(left.length - end))];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Myers' greedy forward search; `furthest[k]` is how far right diagonal `k` got with `depth` edits. */
function shortestEdit(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  const limit = left.length + right.length;
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let depth = 0; depth <= limit; depth++) {
    trace.push(new Map(furthest));
    for (let k = -depth; k <= depth; k += 2) {
      let x = isDown(furthest, k, depth) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x++;
      furthest.set(k, x);
      if (x >= left.length && x - k >= right.length) return backtrack(left, right, trace);
    }
  }
  return [];
}

function backtrack(
  left: readonly string[],
  right: readonly string[],
  trace: readonly Map<number, number>[],
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [left.length, right.length];
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const furthest = trace[depth] ?? new Map<number, number>();
    const k = x - y;
    const down = isDown(furthest, k, depth);
    const previousX = at(furthest, down ? k + 1 : k - 1);
    const previousY = previousX - (down ? k + 1 : k - 1);
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      lines.push({ kind: 'same', text: left[--x] ?? '' });
      y--;
    }
    if (depth === 0) break;
    if (down) lines.push({ kind: 'added', text: right[--y] ?? '' });
    else lines.push({ kind: 'removed', text: left[--x] ?? '' });
  }
  return lines.reverse();
}

function isDown(furthest: ReadonlyMap<number, number>, k: number, depth: number): boolean {
  return k === -depth || (k !== depth && at(furthest, k - 1) < at(furthest, k + 1));
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}
