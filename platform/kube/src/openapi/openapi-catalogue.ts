import { createHash } from 'node:crypto';
import { getOrInsert } from '../model/get-or-insert.ts';
import type { Registry } from '../resources/registry.ts';
import { openApiDocument } from './openapi-document.ts';

/** A document and the hash under which it may be kept for ever. */
export interface HashedDocument {
  readonly text: string;
  readonly hash: string;
}

/** The OpenAPI v3 documents of a cluster, made when they are asked for and made anew when its definitions change. */
export class OpenApiCatalogue {
  readonly #registry: Registry;
  readonly #documents = new Map<string, HashedDocument>();
  #changes = -1;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** `/openapi/v3`: every group and version with the URL of its document. */
  index(): object {
    const groups = this.#registry
      .groups()
      .flatMap(({ name, versions }) => versions.map((version) => `apis/${name}/${version}`));
    const entries = ['api/v1', ...groups].map((path) => {
      const serverRelativeURL = `/openapi/v3/${path}?hash=${this.get(path)?.hash}`;
      return [path, { serverRelativeURL }];
    });
    return { paths: Object.fromEntries(entries) };
  }

  /** @param path e.g. `api/v1` or `apis/apps/v1` */
  get(path: string): HashedDocument | undefined {
    if (this.#changes !== this.#registry.changes) this.#documents.clear();
    this.#changes = this.#registry.changes;
    const [, group = '', version = ''] = /^(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path) ?? [];
    const resources = this.#registry.served(group, version);
    if (resources.length === 0) return undefined;
    return getOrInsert(this.#documents, path, () => {
      const text = JSON.stringify(openApiDocument(resources, group, version));
      return { text, hash: createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase() };
    });
  }
}
