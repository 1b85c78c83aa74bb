/** One line of a unified diff. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'place';
  readonly text: string;
}

/** What changes in one file. */
export interface FileDiff {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly added: number;
  readonly removed: number;
  readonly lines: readonly DiffLine[];
}

/** Reads the output of `git diff`. Text in it stays text. */
export function parsePatch(patch: string): FileDiff[] {
  return patch
    .split(/^(?=diff --git )/m)
    .filter(part => part.startsWith('diff --git '))
    .map(parseFile);
}

function parseFile(part: string): FileDiff {
  const [first = '', ...rest] = part.replace(/\n$/, '').split('\n');
  const start = rest.findIndex(line => line.startsWith('@@'));
  const head = start < 0 ? rest : rest.slice(0, start);
  const lines = start < 0 ? [] : rest.slice(start).map(parseLine);
  const count = (kind: DiffLine['kind']) => lines.filter(line => line.kind === kind).length;
  return {
    path: pathOf(first, head),
    change: changeOf(head),
    added: count('added'),
    removed: count('removed'),
    lines,
  };
}

function pathOf(first: string, head: readonly string[]): string {
  const named = [...head].reverse().find(line => /^(\+\+\+|---) [ab]\//.test(line));
  const path = named?.slice(6) ?? / b\/(.*)$/.exec(first)?.[1] ?? first;
  return path.replace(/\t$/, '');
}

function changeOf(head: readonly string[]): FileDiff['change'] {
  if (head.some(line => line.startsWith('new file'))) return 'added';
  return head.some(line => line.startsWith('deleted file')) ? 'removed' : 'changed';
}

function parseLine(line: string): DiffLine {
  if (line.startsWith('+')) return { kind: 'added', text: line.slice(1) };
  if (line.startsWith('-')) return { kind: 'removed', text: line.slice(1) };
  if (line.startsWith('@@')) return { kind: 'place', text: line };
  return { kind: 'same', text: line.slice(1) };
}
