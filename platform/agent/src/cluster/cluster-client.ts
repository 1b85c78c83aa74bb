import type { KubeObject } from './kube-object.ts';

/** What discovery says about one kind. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** The kind has a status subresource, so status is written there and nowhere else. */
  readonly hasStatus: boolean;
}

/** One line of a watch. A `BOOKMARK` only carries a resource version. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

/** Where an object is, for a kind that is already known. */
export interface ObjectPlace {
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** How server-side apply is asked for. Conflicts are always forced: git is the owner. */
export interface ApplyOptions {
  readonly fieldManager: string;
  /** Only computes what would be stored. @default false */
  readonly dryRun?: boolean | undefined;
}

/** How a deletion treats the dependents, and which object it means. */
export interface DeleteOptions {
  /** @default 'Foreground' */
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan' | undefined;
  /** Only delete the object with this uid. */
  readonly uid?: string | undefined;
}

/**
 * One Kubernetes API server. Every method rejects with `UnavailableError` when nothing answers and with
 * {@link ClusterError} when the server refuses.
 */
export interface ClusterClient {
  /** For messages: the name or address of the cluster. */
  readonly name: string;
  /** Discovery of one kind, cached; `undefined` when the server does not serve it. */
  findType(apiVersion: string, kind: string): Promise<ResourceType | undefined>;
  /** Drops cached discovery, after a CustomResourceDefinition changed. */
  forgetTypes(): void;
  get(type: ResourceType, place: ObjectPlace): Promise<KubeObject | undefined>;
  list(
    type: ResourceType,
  ): Promise<{ readonly items: readonly KubeObject[]; readonly resourceVersion: string }>;
  /** Follows a kind from a resource version; resolves when the stream ends, which it does from time to time. */
  watch(type: ResourceType, options: WatchOptions): Promise<void>;
  /** Server-side apply with force. */
  apply(type: ResourceType, object: KubeObject, options: ApplyOptions): Promise<KubeObject>;
  create(type: ResourceType, object: KubeObject): Promise<KubeObject>;
  replace(type: ResourceType, object: KubeObject): Promise<KubeObject>;
  /** JSON merge patch of the object or of its status subresource. */
  patch(type: ResourceType, place: ObjectPlace, change: PatchOptions): Promise<KubeObject>;
  /** Resolves to false when there was nothing to delete. */
  delete(type: ResourceType, place: ObjectPlace, options?: DeleteOptions): Promise<boolean>;
  close(): Promise<void>;
}

/** What to follow, and whom to tell. */
export interface WatchOptions {
  readonly resourceVersion: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent) => void;
}

/** A JSON merge patch (RFC 7386). */
export interface PatchOptions {
  readonly patch: Readonly<Record<string, unknown>>;
  readonly subresource?: 'status' | undefined;
}

/** The API server answered with a `Status` that is not a success. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  /** The HTTP status code. */
  readonly code: number;
  /** The Kubernetes reason, for example `NotFound`. */
  readonly reason: string;

  constructor(message: string, options: ErrorOptions & { readonly code: number; readonly reason?: string }) {
    super(message, options);
    this.code = options.code;
    this.reason = options.reason ?? '';
  }
}

/** The API path of a kind, or of one object of it. */
export function resourcePath(type: ResourceType, place?: Partial<ObjectPlace>): string {
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const namespace =
    type.namespaced && place?.namespace ? `/namespaces/${encodeURIComponent(place.namespace)}` : '';
  const name = place?.name === undefined ? '' : `/${encodeURIComponent(place.name)}`;
  return `${root}${namespace}/${type.plural}${name}`;
}
