/**
 * Says whether a text matches a glob of `*`, `?` and `{a,b}` in which `*` also crosses `/`, as Argo CD's globs do
 * (gobwas/glob without separators).
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  return globExpression(pattern).test(text);
}

function globExpression(pattern: string): RegExp {
  let depth = 0;
  const source = [...pattern].map((char) => {
    if (char === '*') return '.*';
    if (char === '?') return '.';
    if (char === '{') {
      depth += 1;
      return '(?:';
    }
    if (char === '}' && depth > 0) {
      depth -= 1;
      return ')';
    }
    if (char === ',' && depth > 0) return '|';
    return char.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
  return new RegExp(`^${source.join('').replaceAll(/(?:\.\*)+/g, '.*')}${')'.repeat(depth)}$`, 's');
}
