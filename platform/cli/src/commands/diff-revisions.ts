import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareSynths, formatDifferences } from '@drydock/constructs';
import { openRepository, runGit } from '@drydock/git';
import { NotFoundError } from '@drydock/model';
import { ChildHydrator } from '@drydock/promoter';
import type { CommandContext, OptionValues } from '../command.ts';
import { findRoot } from '../find-root.ts';
import { painter } from '../print/paint.ts';
import { patchText } from '../print/patch.ts';
import { printResult } from '../print/result.ts';

/** What differs in the manifests of two revisions of this clone, each made by its own code as the promoter would make it. */
export async function diffRevisions(
  { streams, cwd }: CommandContext,
  { from, to }: { readonly from: string; readonly to: string },
  values: OptionValues,
): Promise<number> {
  const root = findRoot(cwd);
  const gitDir = await revParse(root, '--path-format=absolute', '--git-common-dir');
  const repository = await openRepository(gitDir);
  const folder = await mkdtemp(join(tmpdir(), 'drydock-diff-'));
  try {
    const hydrator = new ChildHydrator({ repository, folder, installation: root });
    const before = await hydrator.hydrate(await resolve(root, from));
    const after = await hydrator.hydrate(await resolve(root, to));
    const differences = compareSynths(before.units, after.units);
    printResult(streams, values, differences, () =>
      patchText(formatDifferences(differences), painter(streams.colour)),
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await repository.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function resolve(root: string, revision: string): Promise<string> {
  return revParse(root, '--verify', '--end-of-options', `${revision}^{commit}`).catch((cause) => {
    const message = `"${revision}" is neither an environment of the fleet nor a revision of this clone`;
    throw new NotFoundError(message, { cause });
  });
}

async function revParse(root: string, ...args: readonly string[]): Promise<string> {
  return (await runGit(['-C', root, 'rev-parse', ...args])).toString('utf8').trim();
}
