const PLAIN = /^[\w@%+=:,./-]+$/;

/** A command as it would be typed into a POSIX shell. For people to read; nothing is ever run from it. */
export function commandLine({
  tool,
  args,
}: {
  readonly tool: string;
  readonly args: readonly string[];
}): string {
  return [tool, ...args.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
