import {
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
} from '@kubernetes/client-node';
import type { Logger } from '../ports.ts';
import type { ObservedUnit } from './observed-unit.ts';
import type { ObservedUnits } from './observed-units.ts';

/** Label that every delivery object of a Unit carries. */
export const UNIT_LABEL = 'drydock.dev/unit';
/** Milliseconds before a watch that ended is started again. */
const RESTART = 1_000;

export interface WatchUnitsOptions {
  readonly config: KubeConfig;
  /** Path of the list, for example `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications`. */
  readonly path: string;
  readonly list: () => Promise<KubernetesListObject<KubernetesObject>>;
  /** Reads one object; undefined for those that are not a Unit's. */
  readonly observe: (object: unknown) => ObservedUnit | undefined;
  readonly observed: ObservedUnits;
  readonly changed: () => void;
  readonly logger: Logger;
}

/** Keeps reports up to date by a watch that is started again when it ends. @returns the function that ends it */
export async function watchUnits(options: WatchUnitsOptions): Promise<() => Promise<void>> {
  const { config, path, list, observe, observed, changed, logger } = options;
  const informer = makeInformer(config, path, list, UNIT_LABEL);
  let closed = false;
  const keep = (object: unknown) => {
    const seen = observe(object);
    if (seen === undefined) return;
    observed.set(seen);
    changed();
  };
  const restart = (error: unknown) => {
    if (closed) return;
    logger.warn('a watch ended, starting it again', { path, error: String(error) });
    setTimeout(() => {
      if (!closed) informer.start().catch(restart);
    }, RESTART).unref();
  };
  informer.on('add', keep);
  informer.on('update', keep);
  informer.on('delete', (object: unknown) => {
    const seen = observe(object);
    if (seen !== undefined) observed.delete(seen);
    changed();
  });
  informer.on('error', restart);
  await informer.start().catch(restart);
  return async () => {
    closed = true;
    await informer.stop();
  };
}
