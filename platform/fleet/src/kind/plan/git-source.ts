import { join } from 'node:path';
import type { GitSpec, Unit } from '@drydock/model';
import { quick } from '../../tools/command.ts';
import { type KindPaths, kindKubeconfig } from '../names.ts';
import { type Call, type Check, MINUTE, type Step } from './step.ts';

/** One step for each git source of units: clusters share the clone. */
export function sourceSteps(
  paths: KindPaths,
  units: readonly Unit[],
  needs: readonly string[],
): readonly Step[] {
  const sources = units.flatMap((unit) =>
    unit.kind === 'Addon' && unit.git !== undefined ? [unit.git] : [],
  );
  const byId = new Map(sources.map((source) => [sourceId(source), source]));
  return [...byId].map(([id, source]) => ({
    id,
    title: `fetch ${sourceName(source)}`,
    needs,
    calls: [cloneGitSource(paths, source)],
  }));
}

/** The step that fetches a git source. */
export function sourceId(source: GitSpec): string {
  return `sources/${sourceName(source)}`;
}

function cloneGitSource(paths: KindPaths, source: GitSpec): Call {
  const { repository, revision } = source;
  const folder = sourceFolder(paths, source);
  const args = ['clone', '--quiet', '--depth=1', `--branch=${revision}`, repository, folder];
  const there: Check = { command: quick('git', '-C', folder, 'rev-parse', '--verify', 'HEAD'), fails: true };
  return { tool: 'git', args, timeLimit: 5 * MINUTE, retryFor: MINUTE, when: there };
}

/**
 * Applies a cloned folder as a delivery engine would: as a kustomization where it is one, else every file in it
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/).
 */
export function applyGitSource(paths: KindPaths, source: GitSpec, cluster: string): readonly Call[] {
  const folder = sourceFolder(paths, source);
  const place = join(folder, source.path);
  const isKustomization = quick(
    'git',
    '-C',
    folder,
    'cat-file',
    '-e',
    `HEAD:${source.path}/kustomization.yaml`,
  );
  const call = (...what: readonly string[]): Call => ({
    tool: 'kubectl',
    args: [`--kubeconfig=${kindKubeconfig(paths, cluster)}`, 'apply', '--server-side', ...what],
    timeLimit: 3 * MINUTE,
    retryFor: MINUTE,
  });
  return [
    { ...call(`--kustomize=${place}`), when: { command: isKustomization } },
    { ...call(`--filename=${place}`), when: { command: isKustomization, fails: true } },
  ];
}

function sourceFolder({ sources }: KindPaths, source: GitSpec): string {
  return join(sources, sourceName(source));
}

function sourceName({ repository, revision }: GitSpec): string {
  return `${repository.replace(/\/$/, '').split('/').at(-1)}-${revision}`;
}
