/** One ref that a push wants to move, as git tells a `pre-receive` hook. */
export interface PushedRef {
  readonly ref: string;
  /** All zeroes: the ref is new. */
  readonly from: string;
  /** All zeroes: the ref is to go. */
  readonly to: string;
}

/** Reads the lines `<old> <new> <ref>` of a `pre-receive` hook. */
export function parsePushedRefs(input: string): readonly PushedRef[] {
  return input
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [from = '', to = '', ref = ''] = line.split(' ');
      return { from, to, ref };
    });
}

/** Whether an id is git's way of saying "none". */
export function isNone(oid: string): boolean {
  return /^0+$/.test(oid);
}

/** What is wrong with the refs of a push, one sentence each; the content is looked at elsewhere. */
export function refProblems(refs: readonly PushedRef[]): readonly string[] {
  return refs.flatMap(({ ref, to }) => {
    if (ref.startsWith('refs/heads/env/') || ref === 'refs/heads/fleet' || ref.startsWith('refs/drydock/')) {
      return [
        `${ref} is written by the promoter only; push to main, and it will get there through the gates`,
      ];
    }
    if (ref === 'refs/heads/main' && isNone(to)) return ['main cannot be deleted'];
    return ref.startsWith('refs/heads/') || ref.startsWith('refs/tags/')
      ? []
      : [`${ref} is neither a branch nor a tag`];
  });
}
