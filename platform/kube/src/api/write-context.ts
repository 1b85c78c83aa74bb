import type { KubeObject } from '../model/kube-object.ts';
import type { Stored } from '../store/table.ts';

/** How a write was asked for. */
export interface WriteOptions {
  /** Who owns the fields that are written. */
  readonly manager: string;
  /** The apiVersion that the client spoke; recorded in `managedFields`. @default that of storage */
  readonly apiVersion?: string;
  /** `status` or `scale`. @default the object itself */
  readonly subresource?: string | undefined;
  /** Do all but the write. @default false */
  readonly dryRun?: boolean;
  /** What happens to unknown fields, https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation @default Ignore */
  readonly fieldValidation?: FieldValidation;
  /** Receives warnings for the client. */
  readonly warn?: (text: string) => void;
}

/** Values of the query parameter `fieldValidation`. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** What a write needs from outside. */
export interface WriteEnvironment {
  /** Milliseconds since 1970. */
  now(): number;
  uid(): string;
  /** Five characters for generated names. */
  suffix(): string;
  /** Objects of another resource, for rules that look at them. */
  list(resource: string): readonly Stored[];
  readonly serviceSubnet: string;
}

/** The object after a write, or what it would be after a dry run. */
export interface Written {
  readonly object: KubeObject;
  /** Absent after a dry run. */
  readonly stored?: Stored;
  /** Whether the object came to be by this write. */
  readonly created?: boolean;
}

/** @returns RFC 3339 with whole seconds, as `metav1.Time` prints. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
