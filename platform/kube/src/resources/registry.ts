import type { KubeObject } from '../model/kube-object.ts';
import { BUILTIN_RESOURCES } from './builtin-resources.ts';
import { compareVersions, customResource } from './custom-resource.ts';
import { groupOf, type ResourceType, type ResourceVersion, resourceId } from './resource-type.ts';

/** A group and its served versions, the preferred one first. */
export interface ApiGroup {
  readonly name: string;
  readonly versions: readonly string[];
}

/** A resource in one of its versions. */
export interface ServedResource {
  readonly type: ResourceType;
  readonly version: ResourceVersion;
}

/** Everything that one cluster serves: the built-in kinds and those of its CustomResourceDefinitions. */
export class Registry {
  readonly #types = new Map(BUILTIN_RESOURCES.map((type) => [type.id, type]));
  #changes = 0;

  /** Grows with every change, so that derived documents know when they are stale. */
  get changes(): number {
    return this.#changes;
  }

  /** Adds or replaces the resource of a definition. */
  register(definition: KubeObject): ResourceType {
    const type = customResource(definition);
    this.#types.set(type.id, type);
    this.#changes++;
    return type;
  }

  unregister(definition: KubeObject): void {
    this.#types.delete(customResource(definition).id);
    this.#changes++;
  }

  get(id: string): ResourceType | undefined {
    return this.#types.get(id);
  }

  all(): readonly ResourceType[] {
    return [...this.#types.values()];
  }

  /** @returns the resource of a path, if it is served in that version. */
  find(group: string, version: string, plural: string): ServedResource | undefined {
    const type = this.#types.get(resourceId(group, plural));
    const served = type?.versions.find(({ name, served }) => served && name === version);
    return type && served ? { type, version: served } : undefined;
  }

  /** @returns the resource of a kind, in whatever version. */
  findKind(apiVersion: string, kind: string): ResourceType | undefined {
    const group = groupOf(apiVersion);
    return this.all().find((type) => type.group === group && type.kind === kind);
  }

  /** @returns the named groups; the core group is not among them. */
  groups(): readonly ApiGroup[] {
    const versions = new Map<string, Set<string>>();
    for (const type of this.#types.values()) {
      if (type.group === '') continue;
      const known = versions.get(type.group) ?? new Set();
      for (const { name, served } of type.versions) if (served) known.add(name);
      if (known.size > 0) versions.set(type.group, known);
    }
    return [...versions].map(([name, set]) => ({ name, versions: [...set].sort(compareVersions) }));
  }

  /** @returns what a group serves in a version. */
  served(group: string, version: string): readonly ServedResource[] {
    return this.all().flatMap((type) => {
      const found = type.group === group ? this.find(group, version, type.plural) : undefined;
      return found === undefined ? [] : [found];
    });
  }
}
