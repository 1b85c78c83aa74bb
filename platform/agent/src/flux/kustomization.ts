import { type KubeObject, listAt } from '../cluster/kube-object.ts';
import type { InventoryEntry } from './inventory.ts';

// The parts of the Kustomization API that the agent reads and writes; the schema is Flux's own
// (kustomize.toolkit.fluxcd.io/v1, "Kustomization" in Flux's docs).

/** A reference to another object; the namespace is that of the Kustomization unless it says. */
export interface FluxReference {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** What a Kustomization asks for. */
export interface KustomizationSpec {
  readonly interval?: string | undefined;
  readonly retryInterval?: string | undefined;
  readonly timeout?: string | undefined;
  readonly path?: string | undefined;
  readonly prune?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly suspend?: boolean | undefined;
  readonly targetNamespace?: string | undefined;
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan' | undefined;
  readonly sourceRef?: FluxReference | undefined;
  readonly dependsOn?: readonly FluxReference[] | undefined;
  readonly healthChecks?: readonly FluxReference[] | undefined;
  readonly commonMetadata?:
    | {
        readonly labels?: Readonly<Record<string, string>> | undefined;
        readonly annotations?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  readonly [field: string]: unknown;
}

/** What is reported about a Kustomization. */
export interface KustomizationStatus {
  readonly observedGeneration?: number | undefined;
  readonly lastHandledReconcileAt?: string | undefined;
  readonly lastAppliedRevision?: string | undefined;
  readonly lastAttemptedRevision?: string | undefined;
  readonly inventory?: { readonly entries: readonly InventoryEntry[] } | undefined;
  readonly conditions?: readonly unknown[] | undefined;
}

/** A Flux Kustomization. */
export interface Kustomization extends KubeObject {
  readonly spec: KustomizationSpec;
  readonly status?: KustomizationStatus | undefined;
}

/** Reads an object of the API as a Kustomization. */
export function asKustomization(object: KubeObject): Kustomization {
  return { ...object, spec: (object.spec ?? {}) as KustomizationSpec } as Kustomization;
}

/** Fields that ask for Kustomize or for what only the real controller can do. */
const unsupported = [
  'patches',
  'images',
  'components',
  'postBuild',
  'decryption',
  'namePrefix',
  'nameSuffix',
  'kubeConfig',
  'healthCheckExprs',
] as const;

/** The fields of a spec that would change the outcome and are not implemented here. */
export function unsupportedFields(spec: KustomizationSpec): readonly string[] {
  return unsupported.filter((field) => spec[field] !== undefined && isNonEmpty(spec[field]));
}

/** What was applied the last time. */
export function inventoryOf(kustomization: Kustomization): readonly InventoryEntry[] {
  return listAt(kustomization, 'status', 'inventory', 'entries') as readonly InventoryEntry[];
}

function isNonEmpty(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}
