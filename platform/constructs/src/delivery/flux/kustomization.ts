import type { JsonObject } from '@drydock/model';
import type { Manifest } from '../../manifest.ts';

/** Where Flux and its objects live on every cluster that it delivers to. */
export const FLUX_NAMESPACE = 'flux-system';
/** The GitRepository that follows the environment branch of the cluster. */
export const FLEET_SOURCE = 'fleet';

/** What the callers of {@link fluxKustomization} decide. */
export interface KustomizationProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Folder in the source, from its root. */
  readonly path: string;
  /** Name of a GitRepository. @default the one of the environment branch */
  readonly source?: string;
  /** Kustomizations of the same cluster that must be ready before. */
  readonly dependsOn?: readonly string[];
  /** Whether it is ready only when everything it applied is healthy. @default true */
  readonly wait?: boolean;
  /** How to decrypt what it applies, for example with SOPS. @default nothing is encrypted */
  readonly decryption?: JsonObject;
  /** Substitutions after the build. @default none */
  readonly postBuild?: JsonObject;
}

/**
 * A Flux Kustomization (https://fluxcd.io/flux/components/kustomize/kustomizations/): prunes, corrects drift at every
 * interval, applies server-side.
 */
export function fluxKustomization(props: KustomizationProps): Manifest {
  const dependsOn = props.dependsOn ?? [];
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: props.name, namespace: FLUX_NAMESPACE, labels: { ...props.labels } },
    spec: {
      interval: '10m',
      retryInterval: '30s',
      timeout: '5m',
      path: `./${props.path}`,
      prune: true,
      wait: props.wait ?? true,
      sourceRef: { kind: 'GitRepository', name: props.source ?? FLEET_SOURCE },
      ...(dependsOn.length > 0 ? { dependsOn: dependsOn.map((name) => ({ name })) } : {}),
      ...(props.decryption === undefined ? {} : { decryption: props.decryption }),
      ...(props.postBuild === undefined ? {} : { postBuild: props.postBuild }),
    },
  };
}
