import type { JsonObject } from '@drydock/model';
import { QUICK } from '../../tools/command.ts';
import { type KindPaths, kindKubeconfig } from '../names.ts';
import { type Call, type Check, MINUTE } from './step.ts';

/** A call of kubectl that only asks. */
export function ask(paths: KindPaths, cluster: string, ...args: readonly string[]): Call {
  return { tool: 'kubectl', args: [...target(paths, cluster), ...args], timeLimit: QUICK };
}

/** Whether a call of kubectl ends well and prints what is expected. */
export function holds(paths: KindPaths, cluster: string, args: readonly string[], stdout?: RegExp): Check {
  const { tool, timeLimit } = ask(paths, cluster);
  return { command: { tool, args: [...target(paths, cluster), ...args], timeLimit }, stdout };
}

/**
 * Applies objects server-side, so that what GitOps owns later is owned by field and not overwritten
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/).
 */
export function apply(paths: KindPaths, cluster: string, manifests: readonly JsonObject[]): Call {
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=drydock', '--filename=-'];
  return { tool: 'kubectl', args: [...target(paths, cluster), ...args], manifests, timeLimit: 2 * MINUTE };
}

/** Waits until something holds of objects. */
export function waitFor(
  paths: KindPaths,
  cluster: string,
  { minutes, args }: { readonly minutes: number; readonly args: readonly string[] },
): Call {
  const words = ['wait', ...args, `--timeout=${minutes}m`];
  const timeLimit = minutes * MINUTE + QUICK;
  return { tool: 'kubectl', args: [...target(paths, cluster), ...words], timeLimit };
}

function target(paths: KindPaths, cluster: string): readonly string[] {
  return [`--kubeconfig=${kindKubeconfig(paths, cluster)}`];
}
