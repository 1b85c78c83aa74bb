/** Characters and sequences that git-check-ref-format(1) forbids, and control characters. */
const FORBIDDEN = /\.\.|@\{|\/\/|\.lock(\/|$)|[\s~^:?*[\\]|(^|\/)[.-]|[./]$/;

/** Whether a full ref name (`refs/…`) is one that git accepts and that cannot be mistaken for an option. */
export function isRefName(name: string): boolean {
  return name.startsWith('refs/') && !FORBIDDEN.test(name) && !hasControlCharacter(name);
}

function hasControlCharacter(name: string): boolean {
  return [...name].some((char) => char < ' ' || char === '\u007f');
}
