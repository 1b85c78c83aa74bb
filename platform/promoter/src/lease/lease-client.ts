import {
  ApiException,
  CoordinationV1Api,
  type KubeConfig,
  type V1Lease,
  V1MicroTime,
} from '@kubernetes/client-node';
import type { LeaseRecord, StoredLease } from './lease.ts';

/** Where a Lease is kept. Writes are compare and swap. */
export interface LeaseClient {
  /** Undefined when there is none. */
  read(): Promise<StoredLease | undefined>;
  /**
   * @param over the version to replace; undefined: there must be none
   * @returns the new version, or undefined when somebody else was faster
   */
  write(record: LeaseRecord, over: string | undefined): Promise<string | undefined>;
}

export interface LeaseName {
  readonly namespace: string;
  readonly name: string;
}

/** A {@link LeaseClient} of a Lease object in a cluster. */
export class KubernetesLease implements LeaseClient {
  readonly #api: CoordinationV1Api;
  readonly #at: LeaseName;

  constructor(config: KubeConfig, at: LeaseName) {
    this.#api = config.makeApiClient(CoordinationV1Api);
    this.#at = at;
  }

  async read(): Promise<StoredLease | undefined> {
    const lease = await unless(404, this.#api.readNamespacedLease(this.#at));
    return lease && { record: recordOf(lease), version: lease.metadata?.resourceVersion ?? '' };
  }

  async write(record: LeaseRecord, over: string | undefined): Promise<string | undefined> {
    const { name, namespace } = this.#at;
    const body: V1Lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace, ...(over !== undefined && { resourceVersion: over }) },
      spec: specOf(record),
    };
    const call =
      over === undefined
        ? this.#api.createNamespacedLease({ namespace, body })
        : this.#api.replaceNamespacedLease({ name, namespace, body });
    return (await unless(409, call))?.metadata?.resourceVersion;
  }
}

async function unless<T>(code: number, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiException && error.code === code) return undefined;
    throw error;
  }
}

function recordOf({ spec }: V1Lease): LeaseRecord {
  return {
    holder: spec?.holderIdentity ?? '',
    duration: (spec?.leaseDurationSeconds ?? 0) * 1_000,
    acquiredAt: timeOf(spec?.acquireTime),
    renewedAt: timeOf(spec?.renewTime),
    transitions: spec?.leaseTransitions ?? 0,
  };
}

/** The client declares micro times as dates, and gives them as they came, as texts. */
function timeOf(time: unknown): number {
  return time instanceof Date ? time.getTime() : Date.parse(String(time)) || 0;
}

function specOf(record: LeaseRecord): NonNullable<V1Lease['spec']> {
  return {
    holderIdentity: record.holder,
    leaseDurationSeconds: Math.ceil(record.duration / 1_000),
    acquireTime: new V1MicroTime(record.acquiredAt),
    renewTime: new V1MicroTime(record.renewedAt),
    leaseTransitions: record.transitions,
  };
}
