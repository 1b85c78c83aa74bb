/** The most alternatives that one pattern may stand for. */
const alternativesLimit = 256;

/**
 * Says whether a text matches a glob of `*`, `?` and `{a,b}` in which `*` also crosses `/`, as Argo CD's globs do
 * (gobwas/glob without separators). Takes time proportional to both lengths at worst: patterns come from users.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  return alternativesOf(pattern).some((alternative) => matchesWildcards(alternative, text));
}

/** Takes braces apart: `{a,b}.yaml` is `a.yaml` or `b.yaml`. Beyond the limit a pattern only matches itself. */
function alternativesOf(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0) {
    if (done.length + open.length > alternativesLimit) return [];
    const next = open.pop() ?? '';
    const innermost = /\{([^{}]*)\}/.exec(next);
    if (innermost === null) done.push(next);
    else
      for (const choice of (innermost[1] ?? '').split(','))
        open.push(next.replace(innermost[0], () => choice));
  }
  return done;
}

/** Greedy matching that only ever goes back to the last `*`. */
function matchesWildcards(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  let [star, resume] = [-1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      p = star + 1;
      t = resume;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
