import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRepository,
  MemoryRepository,
  MemoryStore,
  openRepository,
  type Repository,
  runGit,
} from '@drydock/git';

/** A repository that several processes open. */
export interface Backend {
  /** As a process of its own would. */
  open(): Promise<Repository>;
  /** A copy that was never seen by anybody. */
  clone(): Promise<Repository>;
  remove(): Promise<void>;
}

export type BackendName = 'memory' | 'git';

export const BACKENDS: Readonly<Record<BackendName, () => Promise<Backend>>> = {
  memory: async () => {
    const store = new MemoryStore();
    return {
      open: async () => new MemoryRepository(store),
      clone: async () => new MemoryRepository(store.clone()),
      remove: async () => {},
    };
  },
  git: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-chaos-'));
    const opened: Repository[] = [];
    const open = async (path: string) => {
      const repository = await openRepository(path);
      opened.push(repository);
      return repository;
    };
    await createRepository(join(folder, 'fleet.git'));
    return {
      open: () => open(join(folder, 'fleet.git')),
      async clone() {
        const copy = join(folder, `clone-${opened.length}.git`);
        await runGit(['clone', '--quiet', '--mirror', join(folder, 'fleet.git'), copy]);
        return open(copy);
      },
      async remove() {
        for (const repository of opened) await repository.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};
