import type { Fields, KubeObject } from '../model/kube-object.ts';
import { alreadyExists, conflict, notFound, StatusError } from '../model/status-error.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Store } from '../store/store.ts';
import type { Stored } from '../store/table.ts';
import { decodeObject } from './decode-object.ts';
import { type DeleteOptions, decideDeletion, isReleased } from './delete-rules.ts';
import { prepareApply, prepareCreate, prepareUpdate, type Write } from './prepare-write.ts';
import type { WriteEnvironment, WriteOptions, Written } from './write-context.ts';

/** Names one object of a resource. */
export interface Target {
  readonly type: ResourceType;
  /** Empty for cluster-wide resources. */
  readonly namespace: string;
  readonly name: string;
}

/** How a delete ended. */
export interface Deleted {
  readonly object: KubeObject;
  /** False while finalizers or a grace period hold the object. */
  readonly gone: boolean;
}

/**
 * Reads and writes objects by the rules of the API. Everything is synchronous: a call is a transaction. HTTP handlers and
 * the simulated controllers use the same methods.
 */
export class ClusterApi {
  readonly store: Store;
  readonly registry: Registry;
  readonly #environment: WriteEnvironment;

  constructor(store: Store, registry: Registry, environment: WriteEnvironment) {
    this.store = store;
    this.registry = registry;
    this.#environment = environment;
  }

  /** Milliseconds since 1970, by the cluster's clock. */
  now(): number {
    return this.#environment.now();
  }

  find(target: Target): Stored | undefined {
    return this.store.get(target.type.id, target.namespace, target.name);
  }

  /** @throws StatusError 404 */
  get(target: Target): Stored {
    const stored = this.find(target);
    if (stored === undefined) throw notFound(target.type, target.name);
    return stored;
  }

  /** @throws StatusError 400, 404 (namespace), 403 (namespace ends), 409, 422 */
  create(type: ResourceType, namespace: string, input: unknown, options: WriteOptions): Written {
    const object = this.#place(decodeObject(input, type, options), type, namespace);
    this.#checkNamespace(type, namespace, object.metadata.name ?? '');
    const { name } = object.metadata;
    if (name && this.find({ type, namespace, name })) throw alreadyExists(type, name);
    const prepared = prepareCreate(object, this.#write(type, options));
    if (options.dryRun) return { object: prepared, created: true };
    return { ...this.#put(type, prepared), created: true };
  }

  /** @throws StatusError 400, 404, 409, 422 */
  update(target: Target, input: unknown, options: WriteOptions): Written {
    return this.modify(target, () => input, options);
  }

  /** Updates an object by a function of its present state; nobody can write in between. */
  modify(target: Target, change: (live: KubeObject) => unknown, options: WriteOptions): Written {
    const { type, namespace } = target;
    const stored = this.get(target);
    const object = this.#place(decodeObject(change(stored.object), type, options), type, namespace);
    if (object.metadata.name === undefined) object.metadata.name = target.name;
    if (object.metadata.name !== target.name) throw nameMismatch(object.metadata.name, target.name);
    const next = prepareUpdate(stored.object, object, this.#write(type, options));
    return this.#replace(type, stored, next, options);
  }

  /** Server-side apply: creates the object where there is none. */
  apply(
    target: Target,
    configuration: unknown,
    options: WriteOptions & { readonly force: boolean },
  ): Written {
    const { type, namespace, name } = target;
    const object = this.#place(decodeObject(configuration, type, options), type, namespace);
    object.metadata.name ??= name;
    if (object.metadata.name !== name) throw nameMismatch(object.metadata.name, name);
    const stored = this.find(target);
    if (stored === undefined && options.subresource !== undefined) throw notFound(type, name);
    if (stored === undefined && object.metadata.uid)
      throw conflict(
        type,
        name,
        `uid mismatch: the provided object specified uid ${object.metadata.uid}, and no existing object was found`,
      );
    if (stored === undefined) this.#checkNamespace(type, namespace, name);
    const next = prepareApply(stored?.object, object, {
      ...this.#write(type, options),
      force: options.force,
    });
    if (stored !== undefined) return this.#replace(type, stored, next, options);
    return options.dryRun ? { object: next, created: true } : { ...this.#put(type, next), created: true };
  }

  /** @throws StatusError 404, 409 */
  delete(target: Target, options: DeleteOptions): Deleted {
    const { type } = target;
    const stored = this.get(target);
    const deletion = decideDeletion(stored.object, type, options, this.now());
    if (deletion.action === 'remove') {
      if (options.dryRun) return { object: stored.object, gone: true };
      return { object: this.store.delete(type.id, stored.object).object, gone: true };
    }
    if (options.dryRun || deletion.object === stored.object) return { object: deletion.object, gone: false };
    return { object: this.#put(type, withGeneration(deletion.object, type)).object, gone: false };
  }

  /** Removes a namespace or pod whose end was waited for. */
  remove(target: Target): void {
    const stored = this.find(target);
    if (stored !== undefined) this.store.delete(target.type.id, stored.object);
  }

  #replace(type: ResourceType, stored: Stored, next: KubeObject, options: WriteOptions): Written {
    if (options.dryRun) return { object: next };
    if (next === stored.object) return { object: stored.object, stored };
    if (isReleased(next, type)) return { object: this.store.delete(type.id, next).object };
    return this.#put(type, next);
  }

  #put(type: ResourceType, object: KubeObject): Written & { readonly stored: Stored } {
    const stored = this.store.put(type.id, { ...object, metadata: { ...object.metadata } });
    return { object: stored.object, stored };
  }

  #write(type: ResourceType, options: WriteOptions): Write {
    return { type, options, environment: this.#environment };
  }

  #place(object: KubeObject, type: ResourceType, namespace: string): KubeObject {
    const given = object.metadata.namespace;
    if (!type.namespaced) {
      if (given)
        throw new StatusError(400, 'BadRequest', 'namespace is not allowed on a cluster-wide object');
      return object;
    }
    if (given && given !== namespace) {
      throw new StatusError(
        400,
        'BadRequest',
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    object.metadata.namespace = namespace;
    return object;
  }

  #checkNamespace(type: ResourceType, namespace: string, name: string): void {
    if (!type.namespaced) return;
    const found = this.store.get('namespaces', '', namespace)?.object;
    if (found === undefined)
      throw notFound({ group: '', plural: 'namespaces', kind: 'Namespace' }, namespace);
    if ((found.status as Fields | undefined)?.phase !== 'Terminating') return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const causes = [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ];
    throw new StatusError(403, 'Forbidden', `${type.plural} "${name}" is forbidden: ${why}`, {
      name,
      kind: type.plural,
      causes,
    });
  }
}

function withGeneration(object: KubeObject, type: ResourceType): KubeObject {
  if (!type.hasGeneration) return object;
  return { ...object, metadata: { ...object.metadata, generation: (object.metadata.generation ?? 0) + 1 } };
}

function nameMismatch(given: string, expected: string): StatusError {
  return new StatusError(
    400,
    'BadRequest',
    `the name of the object (${given}) does not match the name on the URL (${expected})`,
  );
}
