/** Who made a commit, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since the epoch; git keeps whole seconds. */
  readonly at: number;
}

/** What a commit says. */
export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Writes a raw commit object. Times are in UTC, so that equal input gives equal bytes on every machine. */
export function serializeCommit(commit: Commit): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${serializeSignature(commit.author)}`,
    `committer ${serializeSignature(commit.committer)}`,
    '',
    commit.message,
  ];
  return Buffer.from(lines.join('\n'));
}

/** Parses a raw commit object; header lines that are not needed here (gpgsig, encoding) are passed over. */
export function parseCommit(raw: Buffer): Commit {
  const text = raw.toString('utf8');
  const end = text.indexOf('\n\n');
  const header = text.slice(0, end).split('\n');
  const first = (key: string) =>
    header.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
  return {
    tree: first('tree'),
    parents: header.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: parseSignature(first('author')),
    committer: parseSignature(first('committer')),
    message: text.slice(end + 2),
  };
}

/** Reads the trailers (`Key: value` lines of the last paragraph) of a commit message. Later ones win. */
export function parseTrailers(message: string): Readonly<Record<string, string>> {
  const last = message.trimEnd().split('\n\n').at(-1) ?? '';
  const trailers = last.split('\n').map((line) => /^([A-Z][A-Za-z-]*): (.*)$/.exec(line));
  return Object.fromEntries(trailers.filter((match) => match !== null).map((match) => [match[1], match[2]]));
}

/** Prints trailers; a value never breaks out of its line. */
export function formatTrailers(trailers: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(trailers).filter(([, value]) => value !== undefined && value !== '');
  return lines.map(([key, value]) => `${key}: ${oneLine(value ?? '')}`).join('\n');
}

function oneLine(value: string): string {
  return [...value].map((char) => (char < ' ' || char === '\u007f' ? ' ' : char)).join('');
}

function serializeSignature({ name, email, at }: Signature): string {
  const clean = (value: string) => oneLine(value).replace(/[<>]/g, '').trim();
  return `${clean(name) || 'unknown'} <${clean(email)}> ${Math.floor(at / 1000)} +0000`;
}

function parseSignature(line: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (\d+)/.exec(line);
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', at: Number(match?.[3] ?? 0) * 1000 };
}
