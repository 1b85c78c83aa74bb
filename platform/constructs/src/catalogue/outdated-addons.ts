import type { Addon, Chart, FleetModel, GitSpec } from '@drydock/model';
import { compareVersions, newestRelease } from './version-order.ts';

/** Where published versions are looked up. */
export interface VersionSource {
  /** Every published version of a chart. Rejects when its repository does not answer. */
  chartVersions(chart: Pick<Chart, 'repository' | 'name'>): Promise<readonly string[]>;
  /** Every tag of a git repository. Rejects when it does not answer. */
  gitTags(git: Pick<GitSpec, 'repository'>): Promise<readonly string[]>;
}

/** What looking up the newest version of an addon gave. */
export interface AddonVersion {
  readonly name: string;
  readonly current: string;
  /** The newest release; undefined when none was found. */
  readonly newest: string | undefined;
  readonly outdated: boolean;
  /** Why the newest is not known. */
  readonly error?: string;
}

/** Compares the addons of a fleet with what is published, a few at a time. Never rejects: an error is a result. */
export async function outdatedAddons(
  fleet: FleetModel,
  source: VersionSource,
): Promise<readonly AddonVersion[]> {
  const pending = fleet.addons.filter(({ chart, git }) => chart !== undefined || git !== undefined);
  const found: AddonVersion[] = [];
  const worker = async (): Promise<void> => {
    for (let addon = pending.shift(); addon !== undefined; addon = pending.shift()) {
      found.push(await lookUp(addon, source));
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return found.sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function lookUp({ name, chart, git }: Addon, source: VersionSource): Promise<AddonVersion> {
  const current = chart?.version ?? git?.revision ?? '';
  try {
    const versions = chart !== undefined ? await source.chartVersions(chart) : await tagsOf(git, source);
    const newest = newestRelease([...versions]);
    return { name, current, newest, outdated: newest !== undefined && compareVersions(newest, current) > 0 };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { name, current, newest: undefined, outdated: false, error: text };
  }
}

async function tagsOf(git: GitSpec | undefined, source: VersionSource): Promise<readonly string[]> {
  return git === undefined ? [] : source.gitTags(git);
}
