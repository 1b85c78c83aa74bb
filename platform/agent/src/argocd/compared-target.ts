import type { ApplicationSource, ApplicationSpec } from './application.ts';

/**
 * Which commit of which source something is about. An Application with `spec.sources` has `revisions` and `sources` and
 * an empty `revision`, as in Argo CD's own status.
 */
export interface ComparedTarget {
  readonly revision: string;
  readonly revisions?: readonly string[] | undefined;
  readonly source?: ApplicationSource | undefined;
  readonly sources?: readonly ApplicationSource[] | undefined;
}

/** The target of an Application whose sources were resolved to these commits, in order. */
export function targetOf(spec: ApplicationSpec, commits: readonly string[]): ComparedTarget {
  if (spec.sources !== undefined && spec.sources.length > 0) {
    return { revision: '', revisions: commits, sources: spec.sources };
  }
  return { revision: commits[0] ?? '', source: spec.source };
}

/** The commits of a target, for messages. */
export function revisionText(target: Pick<ComparedTarget, 'revision' | 'revisions'> | undefined): string {
  return target?.revision || (target?.revisions ?? []).join(' ');
}
