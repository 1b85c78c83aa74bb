import { TREE_MODE, type TreeEntry, typeOfMode } from './tree-codec.ts';

/** What a path is to hold after an edit; undefined removes it. */
export type TreeEdit = { readonly mode: string; readonly oid: string } | undefined;

/** What {@link editTree} needs of a repository. */
export interface TreeStore {
  readTree(oid: string): Promise<readonly TreeEntry[]>;
  writeTree(entries: readonly TreeEntry[]): string;
}

/**
 * The tree that results when some paths of another are replaced; everything else is kept by id and never read.
 * A folder that ends up empty disappears, as git has no empty folders.
 *
 * @returns the new tree, or undefined when nothing is left
 */
export async function editTree(
  store: TreeStore,
  root: string | undefined,
  edits: ReadonlyMap<string, TreeEdit>,
): Promise<string | undefined> {
  if (edits.size === 0) return root;
  const entries = new Map(
    (root === undefined ? [] : await store.readTree(root)).map((entry) => [entry.path, entry]),
  );
  for (const [name, below] of groupByFirstName(edits)) {
    const existing = entries.get(name);
    const edited = await editEntry(store, existing, below);
    if (edited === undefined) entries.delete(name);
    else entries.set(name, { ...edited, type: typeOfMode(edited.mode), path: name });
  }
  return entries.size === 0 ? undefined : store.writeTree([...entries.values()]);
}

async function editEntry(
  store: TreeStore,
  existing: TreeEntry | undefined,
  below: ReadonlyMap<string, TreeEdit>,
): Promise<TreeEdit> {
  if (below.has('')) {
    if (below.size > 1)
      throw new TypeError(`a path is edited both as a file and as a folder: ${[...below.keys()]}`);
    return below.get('');
  }
  const oid = await editTree(store, existing?.type === 'tree' ? existing.oid : undefined, below);
  return oid === undefined ? undefined : { mode: TREE_MODE, oid };
}

function groupByFirstName(edits: ReadonlyMap<string, TreeEdit>): Map<string, Map<string, TreeEdit>> {
  const groups = new Map<string, Map<string, TreeEdit>>();
  for (const [path, edit] of edits) {
    const slash = path.indexOf('/');
    const name = slash < 0 ? path : path.slice(0, slash);
    if (!isEntryName(name)) throw new TypeError(`not a path of a tree: ${JSON.stringify(path)}`);
    const group = groups.get(name) ?? new Map<string, TreeEdit>();
    groups.set(name, group.set(slash < 0 ? '' : path.slice(slash + 1), edit));
  }
  return groups;
}

function isEntryName(name: string): boolean {
  return (
    name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git' && !name.includes('\0')
  );
}
