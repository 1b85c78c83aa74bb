/** Addresses that differ only in a trailing `/` or `.git` are the same repository (Argo CD, `git.NormalizeGitURL`). */
export function repositoryKey(url: string): string {
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}
