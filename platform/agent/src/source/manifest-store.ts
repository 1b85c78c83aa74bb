import { InputError, NotFoundError } from '@drydock/model';
import type { KubeObject } from '../cluster/kube-object.ts';
import { matchesGlob } from './glob.ts';
import { parseManifests } from './parse-manifests.ts';
import type { RevisionSource, SourceFile } from './revision-source.ts';

/** Which files of which folder of which commit. */
export interface ManifestRequest {
  readonly commit: string;
  readonly path: string;
  readonly recurse: boolean;
  /** A glob over paths below the folder; empty for all. */
  readonly include: string;
  /** A glob over paths below the folder; empty for none. */
  readonly exclude: string;
}

/** How many parsed folders are kept. */
const capacity = 5_000;

/** Reads and parses folders of manifests, each tree once: the same tree id always gives the same frozen list. */
export class ManifestStore {
  readonly #source: RevisionSource;
  readonly #parsed = new Map<string, Promise<readonly KubeObject[]>>();

  constructor(source: RevisionSource) {
    this.#source = source;
  }

  /** The commit that a revision means; `undefined` when there is none. */
  resolve(revision: string): Promise<string | undefined> {
    return this.#source.resolve(revision);
  }

  /**
   * The objects in a folder.
   *
   * @throws NotFoundError when the folder does not exist
   * @throws InputError when a file cannot be parsed or needs a tool that is not here
   */
  async load(request: ManifestRequest): Promise<readonly KubeObject[]> {
    const tree = await this.#source.tree(request.commit, request.path);
    if (tree === undefined) throw new NotFoundError(`${request.path}: app path does not exist`);
    const key = JSON.stringify([tree.treeId, request.recurse, request.include, request.exclude]);
    const known = this.#parsed.get(key);
    if (known !== undefined) return await known;
    const parsed = this.#parse(selectFiles(tree.files, request));
    this.#parsed.set(key, parsed);
    if (this.#parsed.size > capacity) this.#forgetOldest();
    parsed.catch(() => this.#parsed.delete(key));
    return await parsed;
  }

  /** Ends what the source has open. */
  async close(): Promise<void> {
    await this.#source.close();
  }

  async #parse(files: readonly SourceFile[]): Promise<readonly KubeObject[]> {
    const texts = await this.#source.read(files);
    return Object.freeze(files.flatMap((file, index) => parseManifests(file.path, texts[index] ?? '')));
  }

  #forgetOldest(): void {
    for (const key of this.#parsed.keys()) {
      this.#parsed.delete(key);
      return;
    }
  }
}

/** Files at the top of a folder that make Argo CD choose another tool than "directory". */
const toolFiles: Readonly<Record<string, string>> = {
  'Chart.yaml': 'Helm',
  'kustomization.yaml': 'Kustomize',
  'kustomization.yml': 'Kustomize',
  Kustomization: 'Kustomize',
};

function selectFiles(files: readonly SourceFile[], request: ManifestRequest): readonly SourceFile[] {
  for (const { path } of files) {
    const tool = toolFiles[path];
    if (tool === undefined) continue;
    throw new InputError(`${path} asks for ${tool}; the embedded agent applies plain manifests only`);
  }
  const wanted = ({ path }: SourceFile): boolean =>
    /\.(ya?ml|json)$/.test(path) &&
    (request.recurse || !path.includes('/')) &&
    (request.include === '' || matchesGlob(request.include, path)) &&
    (request.exclude === '' || !matchesGlob(request.exclude, path));
  return files.filter(wanted).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
