/** A module specifier that a file imports, and how. */
export interface ImportedModule {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `import type` or `export type`: gone before the code runs. */
  readonly typeOnly: boolean;
}

/** Strings before comments, so that the `//` of a URL does not begin one. */
const STRING_OR_COMMENT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const STATIC = /^[ \t]*(import|export)\b(\s+type\b)?([^'"`;]*?\bfrom)?\s*(['"])([^'"\n]+)\4/gm;
const DYNAMIC = /\bimport\(\s*(['"])([^'"\n]+)\1/g;

/** Blanks the comments of a TypeScript file; every other character keeps its place. */
export function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) =>
    found.startsWith('//') || found.startsWith('/*') ? found.replace(/[^\n]/g, ' ') : found,
  );
}

/** The modules that a TypeScript file imports or exports again, in the order of the text. */
export function importsOf(text: string): readonly ImportedModule[] {
  const code = withoutComments(text);
  const found = [
    ...[...code.matchAll(STATIC)].map((match) => ({
      index: match.index,
      specifier: match[5] ?? '',
      typeOnly: match[2] !== undefined,
    })),
    ...[...code.matchAll(DYNAMIC)].map((match) => ({
      index: match.index,
      specifier: match[2] ?? '',
      typeOnly: false,
    })),
  ];
  return found
    .sort((left, right) => left.index - right.index)
    .map(({ index, specifier, typeOnly }) => ({ specifier, typeOnly, line: lineAt(code, index) }));
}

/** 1-based line of a place in a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
