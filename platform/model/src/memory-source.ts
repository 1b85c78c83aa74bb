import type { FileSource } from './file-source.ts';

/** A fleet whose files are values: path → text. Paths in `links` are symlinks or submodules. */
export function memorySource(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, 'symlink' | 'submodule'>> = {},
): FileSource {
  const encoder = new TextEncoder();
  return {
    async list(folders) {
      const paths = [...Object.keys(files), ...Object.keys(links)].sort();
      const below = paths.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
      return below.map((path) => ({ path, kind: links[path] ?? ('file' as const) }));
    },
    async read(paths) {
      return paths.map((path) => encoder.encode(files[path] ?? ''));
    },
  };
}
