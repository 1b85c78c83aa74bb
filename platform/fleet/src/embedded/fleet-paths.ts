import { join } from 'node:path';

/** Where an embedded fleet keeps what it needs, all of it below one folder that git ignores. */
export interface FleetPaths {
  /** `.drydock` at the root of the repository; mode 0700. */
  readonly home: string;
  /** Ports and tokens; mode 0600. */
  readonly config: string;
  /** Where the running supervisor listens; exists only while it runs. */
  readonly run: string;
  /** Exists while a command is starting the fleet. */
  readonly startLock: string;
  /** The bare repository that is pushed to. */
  readonly repository: string;
  /** For git's credential store; mode 0600. */
  readonly credentials: string;
  /** What the portal reads of the config; mode 0600. */
  readonly portalKey: string;
  readonly clusters: string;
  /** Definitions of custom resources that were pulled; registered at the next start. */
  readonly crds: string;
  readonly kubeconfigs: string;
  readonly hydration: string;
  /** Keys that check gates name, one file each; put there by people, mode 0600. */
  readonly secrets: string;
  readonly logs: string;
  /** Compiled code, so that the parts start faster the next time. */
  readonly compileCache: string;
}

export function fleetPaths(root: string): FleetPaths {
  const home = join(root, '.drydock');
  return {
    home,
    config: join(home, 'config.json'),
    run: join(home, 'run.json'),
    startLock: join(home, 'starting'),
    repository: join(home, 'git', 'fleet.git'),
    credentials: join(home, 'git-credentials'),
    portalKey: join(home, 'portal.key'),
    clusters: join(home, 'clusters'),
    crds: join(home, 'crds'),
    kubeconfigs: join(home, 'kubeconfigs'),
    hydration: join(home, 'hydration'),
    secrets: join(home, 'secrets'),
    logs: join(home, 'logs'),
    compileCache: join(home, 'compile-cache'),
  };
}

/** The kubeconfig of one cluster; mode 0600. */
export function kubeconfigPath(paths: FleetPaths, cluster: string): string {
  return join(paths.kubeconfigs, `${cluster}.yaml`);
}
