import { type FleetModel, folderSource, InputError, loadFleet, type Problem } from '@drydock/model';
import { loadKindProfile } from '../kind/load-profile.ts';
import { kindPaths } from '../kind/names.ts';
import { zxToolRunner } from '../tools/zx-tool-runner.ts';
import type { Target } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { DoctorContext } from './doctor-context.ts';
import { findLiveFleets } from './find-live-fleets.ts';
import type { DoctorReport } from './finding.ts';
import { runChecks } from './run-checks.ts';
import { theseFiles, thisMachine, thisNetwork } from './this-machine.ts';

export interface DoctorOptions {
  /** Root of the repository, absolute. */
  readonly root: string;
  /**
   * Which kind of fleet is to run here. @default embedded, and kind where clusters of this repository were made by it
   */
  readonly targets?: readonly Target[] | undefined;
  /** Profile of the Kind fleet. @default "default" */
  readonly profile?: string | undefined;
  /** Also look at fleets that run. @default true */
  readonly live?: boolean | undefined;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks at this machine, the files of the fleet, and the fleets that run. Changes nothing. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const { root, live = true } = options;
  const targets = options.targets ?? (await likelyTargets(root));
  const context: DoctorContext = {
    ...(await readFleet(root)),
    root,
    profile: targets.includes('kind') ? await loadKindProfile(root, options.profile ?? 'default') : undefined,
    tools: zxToolRunner({ cwd: root }),
    machine: thisMachine,
    files: theseFiles,
    network: thisNetwork,
    env: options.env,
    now: Date.now(),
    live: live ? await findLiveFleets(root) : [],
  };
  return runChecks(CHECKS, context, { targets, live });
}

async function likelyTargets(root: string): Promise<readonly Target[]> {
  const made = await theseFiles.list(kindPaths(root).made);
  return made.length === 0 ? ['embedded'] : ['embedded', 'kind'];
}

async function readFleet(
  root: string,
): Promise<{ readonly fleet: FleetModel | undefined; readonly problems: readonly Problem[] }> {
  try {
    return { fleet: await loadFleet(folderSource(root)), problems: [] };
  } catch (error) {
    if (error instanceof InputError) return { fleet: undefined, problems: error.problems };
    throw error;
  }
}
