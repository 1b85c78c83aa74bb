import type { JsonObject } from '@drydock/model';

/** A Kubernetes object as plain data. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
}

/** The metadata that a manifest of ours carries. */
export interface ManifestMetadata extends JsonObject {
  readonly name: string;
}

/** `<kind>-<name>.yaml` in lower case; an object outside of the unit's own namespace carries its namespace too. */
export function manifestFile(manifest: Manifest, ownNamespace?: string): string {
  const { name, namespace } = manifest.metadata;
  const foreign = typeof namespace === 'string' && namespace !== (ownNamespace ?? namespace);
  const id = foreign ? `${namespace}.${name}` : name;
  return `${manifest.kind}-${id}.yaml`.toLowerCase().replace(/[^a-z0-9.-]/g, '_');
}
