import { runGit } from './run-git.ts';

/** Makes an empty bare repository whose branch is `main`; one that exists is left as it is. */
export async function createRepository(gitDir: string): Promise<void> {
  await runGit(['init', '--quiet', '--bare', '--initial-branch=main', gitDir]);
}
