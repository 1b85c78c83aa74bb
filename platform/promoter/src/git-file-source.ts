import type { Repository } from '@drydock/git';
import type { FileEntry, FileSource } from '@drydock/model';

/** The files of one Revision, read straight from git. */
export function gitFileSource(repository: Repository, revision: string): FileSource {
  const oids = new Map<string, string>();
  return {
    async list(folders) {
      const lists = await Promise.all(
        folders.map(async (folder): Promise<readonly FileEntry[]> => {
          const entries = await repository.listTree(`${revision}:${folder}`, { recursive: true });
          return entries.map(({ path, type, oid }) => {
            const full = `${folder}/${path}`;
            oids.set(full, oid);
            return { path: full, kind: type === 'blob' || type === 'tree' ? 'file' : type };
          });
        }),
      );
      return lists.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    read: (paths) => repository.readBlobs(paths.map((path) => oids.get(path) ?? `${revision}:${path}`)),
  };
}
