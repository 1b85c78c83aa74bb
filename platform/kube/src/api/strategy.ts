import type { KubeObject } from '../model/kube-object.ts';
import type { StatusCause } from '../model/status-error.ts';
import type { WriteEnvironment } from './write-context.ts';

/** What is particular about writing one kind; all parts are pure. */
export interface Strategy {
  /** Fills in what the server decides when an object is created. */
  prepareCreate?(object: KubeObject, environment: WriteEnvironment): KubeObject;
  /** Carries over what a client may not change or may leave out. */
  prepareUpdate?(object: KubeObject, live: KubeObject, environment: WriteEnvironment): KubeObject;
  /** @returns what is wrong with the object. */
  validate?(object: KubeObject, live: KubeObject | undefined): readonly StatusCause[];
}
