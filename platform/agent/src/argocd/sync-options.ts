import type { KubeObject } from '../cluster/kube-object.ts';
import type { ApplicationSpec, Operation } from './application.ts';

/** The sync options ("Sync Options" in Argo CD's user guide) that the agent acts on. */
export interface SyncOptions {
  readonly createNamespace: boolean;
  readonly applyOutOfSyncOnly: boolean;
  readonly failOnSharedResource: boolean;
  readonly replace: boolean;
  readonly pruneLast: boolean;
  readonly propagation: 'Foreground' | 'Background' | 'Orphan';
}

const propagations: Readonly<Record<string, SyncOptions['propagation']>> = {
  foreground: 'Foreground',
  background: 'Background',
  orphan: 'Orphan',
};

/** The options of an operation, or else those of the Application. */
export function syncOptionsOf(spec: ApplicationSpec, operation: Operation): SyncOptions {
  const listed = operation.sync?.syncOptions ?? spec.syncPolicy?.syncOptions ?? [];
  const options = new Map(listed.map(splitOption));
  return {
    createNamespace: options.get('CreateNamespace') === 'true',
    applyOutOfSyncOnly: options.get('ApplyOutOfSyncOnly') === 'true',
    failOnSharedResource: options.get('FailOnSharedResource') === 'true',
    replace: options.get('Replace') === 'true',
    pruneLast: options.get('PruneLast') === 'true',
    propagation: propagations[options.get('PrunePropagationPolicy') ?? ''] ?? 'Foreground',
  };
}

/** Says whether an object carries an option such as `Prune=false` in its own annotation. */
export function hasResourceOption(object: KubeObject, option: string): boolean {
  const listed = object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  return listed.split(',').some((item) => item.trim() === option);
}

/** Says whether an object must stay when it is gone from git. */
export function isKept(object: KubeObject): boolean {
  return (
    hasResourceOption(object, 'Prune=false') ||
    object.metadata.annotations?.['helm.sh/resource-policy'] === 'keep'
  );
}

function splitOption(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.trim(), 'true'] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}
