import { InputError, NotFoundError } from '@drydock/model';
import type { KubeObject } from '../cluster/kube-object.ts';
import { BoundedMap } from './bounded-map.ts';
import { matchesGlob } from './glob.ts';
import { parseManifests } from './parse-manifests.ts';
import type { RevisionSource, SourceFile, SourceTree } from './revision-source.ts';

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

/** How many folders are kept, by commit and path, and parsed. */
const capacity = 10_000;

/**
 * Reads and parses folders of manifests, each tree once: the same tree id always gives the same frozen list. What a
 * branch means is looked up once and then again after {@link forgetRevisions}.
 */
export class ManifestStore {
  readonly #source: RevisionSource;
  readonly #revisions = new BoundedMap<string, Promise<string | undefined>>(capacity);
  readonly #trees = new BoundedMap<string, Promise<SourceTree | undefined>>(capacity);
  readonly #parsed = new BoundedMap<string, Promise<readonly KubeObject[]>>(capacity);

  constructor(source: RevisionSource) {
    this.#source = source;
  }

  /** The commit that a revision means; `undefined` when there is none. */
  async resolve(revision: string): Promise<string | undefined> {
    const commit = await remember(this.#revisions, revision, () => this.#source.resolve(revision));
    if (commit === undefined) this.#revisions.delete(revision);
    return commit;
  }

  /** Branches may have moved. */
  forgetRevisions(): void {
    this.#revisions.clear();
  }

  /**
   * The objects in a folder.
   *
   * @throws NotFoundError when the folder does not exist
   * @throws InputError when a file cannot be parsed or needs a tool that is not here
   */
  async load(request: ManifestRequest): Promise<readonly KubeObject[]> {
    const { commit, path, recurse, include, exclude } = request;
    const tree = await remember(this.#trees, `${commit}:${path}`, () => this.#source.tree(commit, path));
    if (tree === undefined) throw new NotFoundError(`${path}: app path does not exist`);
    const key = JSON.stringify([tree.treeId, recurse, include, exclude]);
    return await remember(this.#parsed, key, () => this.#parse(selectFiles(tree.files, request)));
  }

  /** Ends what the source has open. */
  async close(): Promise<void> {
    await this.#source.close();
  }

  async #parse(files: readonly SourceFile[]): Promise<readonly KubeObject[]> {
    const texts = await this.#source.read(files);
    return Object.freeze(files.flatMap((file, index) => parseManifests(file.path, texts[index] ?? '')));
  }
}

/** The value under a key, computed when it is not there; a failure is not kept. */
function remember<T>(
  map: BoundedMap<string, Promise<T>>,
  key: string,
  compute: () => Promise<T>,
): Promise<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const computed = compute();
  map.set(key, computed);
  computed.catch(() => map.delete(key));
  return computed;
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
