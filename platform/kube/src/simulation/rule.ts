import type { SimulationOptions } from '../cluster-options.ts';
import type { Fields, KubeObject } from '../model/kube-object.ts';
import type { FaultTable } from './faults.ts';

/** What a rule may look at: the cluster as it is, and the time. */
export interface View {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly options: Required<SimulationOptions>;
  readonly faults: FaultTable;
  get(resource: string, namespace: string, name: string): KubeObject | undefined;
  list(resource: string, namespace?: string): readonly KubeObject[];
  /** Objects of a resource that name an owner. */
  owned(uid: string, resource: string): readonly KubeObject[];
  /** When an object came to be, in milliseconds: creation timestamps have whole seconds only. */
  bornAt(object: KubeObject): number;
  /** An address of the pod subnet that no pod has. */
  podAddress(): string;
}

/** Something that a rule wants to be done. */
export type Action =
  | { readonly do: 'create'; readonly resource: string; readonly object: KubeObject }
  | { readonly do: 'update'; readonly resource: string; readonly object: KubeObject }
  | { readonly do: 'status'; readonly resource: string; readonly of: KubeObject; readonly status: Fields }
  | {
      readonly do: 'delete';
      readonly resource: string;
      readonly object: KubeObject;
      readonly policy?: 'Background' | 'Foreground';
    }
  /** Takes an object away whose grace period or finalization is over. */
  | { readonly do: 'remove'; readonly resource: string; readonly object: KubeObject }
  | { readonly do: 'event'; readonly about: KubeObject; readonly event: SimulationEvent };

/** An Event about an object. */
export interface SimulationEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What is to be done now, and when to look again. */
export interface Outcome {
  readonly actions: readonly Action[];
  /** Milliseconds. */
  readonly again?: number;
}

/** The rule of one kind: a pure function from what is to what should be done. */
export interface Rule {
  readonly resource: string;
  /** Resources whose changes concern every object of this kind in the same namespace. Owners hear of their dependents anyway. */
  readonly watches?: readonly string[];
  decide(object: KubeObject, view: View): Outcome;
}

/** Nothing to do. */
export const NOTHING: Outcome = { actions: [] };

/** @returns the reference with which `owner` controls an object. */
export function controlledBy(owner: KubeObject): NonNullable<KubeObject['metadata']['ownerReferences']> {
  const { apiVersion, kind, metadata } = owner;
  const { name = '', uid = '' } = metadata;
  return [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
}
