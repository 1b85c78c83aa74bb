import type { ClusterClient, ResourceType } from '../cluster/cluster-client.ts';
import { type KubeObject, keyOf } from '../cluster/kube-object.ts';
import { canonicalJson, comparable, fingerprint } from './fingerprint.ts';
import { withoutPointer } from './json-pointer.ts';

/** One desired object and the live one of the same identity. */
export interface Comparison {
  readonly client: ClusterClient;
  readonly type: ResourceType;
  readonly desired: KubeObject;
  readonly live: KubeObject;
  /** Fields whose differences do not count, as JSON pointers. */
  readonly ignore: readonly string[];
}

interface Verdict {
  readonly question: string;
  readonly equal: boolean;
}

/**
 * Decides whether applying a desired object would change the live one, by asking the API server (a server-side-apply
 * dry run, as Argo CD's server-side diff and Flux do), so that defaults, quantities and admission need no rules here.
 * The answer is remembered until either side changes: a change of status alone asks nobody.
 */
export class LiveComparer {
  readonly #fieldManager: string;
  readonly #verdicts = new Map<string, Verdict>();

  constructor(fieldManager: string) {
    this.#fieldManager = fieldManager;
  }

  async inSync(comparison: Comparison): Promise<boolean> {
    const { client, type, desired, live, ignore } = comparison;
    const place = placeOf(client, desired);
    const question = questionOf(desired, live, ignore);
    const known = this.#verdicts.get(place);
    if (known?.question === question) return known.equal;
    const predicted = await client.apply(type, desired, { fieldManager: this.#fieldManager, dryRun: true });
    const equal = textOf(predicted, ignore) === textOf(live, ignore);
    this.#verdicts.set(place, { question, equal });
    return equal;
  }

  /** Notes that `live` is what the API server made of `desired`, so that nobody has to ask. */
  remember(client: ClusterClient, desired: KubeObject, live: KubeObject, ignore: readonly string[]): void {
    const question = questionOf(desired, live, ignore);
    this.#verdicts.set(placeOf(client, desired), { question, equal: true });
  }

  /** Drops what is known, for a hard refresh. */
  forgetAll(): void {
    this.#verdicts.clear();
  }
}

function placeOf(client: ClusterClient, desired: KubeObject): string {
  return `${client.name} ${keyOf(desired)}`;
}

function questionOf(desired: KubeObject, live: KubeObject, ignore: readonly string[]): string {
  return [fingerprint(desired), fingerprint(live), live.metadata.uid ?? '', ...ignore].join(' ');
}

function textOf(object: KubeObject, ignore: readonly string[]): string {
  let value: unknown = comparable(object);
  for (const pointer of ignore) value = withoutPointer(value, pointer);
  return canonicalJson(value);
}
