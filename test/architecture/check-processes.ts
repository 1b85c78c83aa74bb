import { ENTRY_POINTS, HANDS_ENVIRONMENT_ON } from './policy.ts';
import type { Repository } from './repository.ts';
import { lineAt, withoutComments } from './source-text.ts';

const USE = /\bprocess\.(exitCode|exit|env)\b/g;
/** `{ ...process.env, … }`: copied as a whole. */
const COPY = /\.\.\.process\.env\b/g;
/** Backstage brings entry points and configuration of its own. */
const CHECKED = /^(platform|addons|scripts)\//;

/** Every use of `process.exit`, `process.exitCode` and `process.env` outside the entry points. */
export function checkProcesses({ files }: Repository): readonly string[] {
  return files
    .filter(({ path }) => CHECKED.test(path) && !ENTRY_POINTS.has(path) && !path.endsWith('.test.ts'))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      const checked = HANDS_ENVIRONMENT_ON.has(path) ? code.replace(COPY, '...copiedEnvironm') : code;
      return [...checked.matchAll(USE)].map(
        ({ index, 0: use }) =>
          `${path}:${lineAt(code, index)}: ${use} belongs into an entry point (test/architecture/policy.ts lists them)`,
      );
    });
}

/** Entry points that are listed and not there: a list that is too long hides mistakes. */
export function missingEntryPoints({ files }: Repository): readonly string[] {
  const paths = new Set(files.map(({ path }) => path));
  return [...ENTRY_POINTS, ...HANDS_ENVIRONMENT_ON].filter((path) => !paths.has(path));
}
