/** What became of a push: everything moved, somebody else was faster, or the other side does not want it. */
export type PushResult =
  | { readonly state: 'moved' }
  | { readonly state: 'lost'; readonly reasons: readonly string[] }
  | { readonly state: 'refused'; readonly reasons: readonly string[] };

/** Reasons of git and of forges that mean: the ref is not where it was said to be, or is being moved right now. */
const LOST =
  /stale info|fetch first|non-fast-forward|cannot lock ref|failed to (lock|update ref)|incorrect old value|is at [0-9a-f]+ but expected|already exists|remote ref updated|does not exist|reference not found/i;
/** What is said of the other refs of an atomic push when one fails. */
const FOLLOWED = /atomic/i;

/**
 * Reads what `git push --porcelain` prints (git-push, "Output"): lines `<flag>\t<from>:<to>\t<summary> (<reason>)`,
 * the flag `!` for what was rejected.
 *
 * @returns undefined when no ref is mentioned: then the push did not get that far
 */
export function readPushReport(output: string): PushResult | undefined {
  const lines = output.split('\n').filter((line) => /^[ +\-*=!]\t/.test(line));
  if (lines.length === 0) return undefined;
  const rejected = lines.filter((line) => line.startsWith('!'));
  if (rejected.length === 0) return { state: 'moved' };
  const reasons = rejected.map((line) => line.split('\t').slice(1).join(' '));
  const causes = reasons.filter((reason) => !FOLLOWED.test(reason));
  const lost = causes.every((reason) => LOST.test(reason));
  return { state: lost ? 'lost' : 'refused', reasons: causes.length > 0 ? causes : reasons };
}
