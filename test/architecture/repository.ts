import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One TypeScript file. */
export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the rules look at of a `package.json`. */
export interface Manifest {
  /** Folder of the package, from the root of the repository. */
  readonly folder: string;
  readonly name: string;
  /** What can be imported of it, for example `@drydock/promoter/access`. */
  readonly exports: readonly string[];
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** The source of the repository, as the rules look at it. */
export interface Repository {
  readonly files: readonly SourceFile[];
  readonly manifests: readonly Manifest[];
}

const FOLDERS = ['platform', 'addons', 'scripts', 'backstage'];
const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/** Reads every `.ts`, `.tsx` and `package.json` below the folders that hold code. */
export async function readRepository(root: string): Promise<Repository> {
  const paths = (await Promise.all(FOLDERS.map((folder) => walk(root, folder)))).flat().sort();
  const read = async (path: string) => ({ path, text: await readFile(join(root, path), 'utf8') });
  const files = await Promise.all(paths.filter((path) => /\.tsx?$/.test(path)).map(read));
  const manifests = await Promise.all(paths.filter((path) => path.endsWith('/package.json')).map(read));
  return { files, manifests: manifests.map(({ path, text }) => manifestOf(path, text)) };
}

function manifestOf(path: string, text: string): Manifest {
  const {
    name = '',
    exports = {},
    dependencies = {},
    devDependencies = {},
  } = JSON.parse(text) as PackageJson;
  return {
    folder: path.replace(/\/package\.json$/, ''),
    name,
    exports: Object.keys(exports).map((key) => key.replace(/^\./, name)),
    dependencies: Object.keys(dependencies),
    devDependencies: Object.keys(devDependencies),
  };
}

interface PackageJson {
  readonly name?: string;
  readonly exports?: object;
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

async function walk(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const below = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}
