import { ApiObject, type Construct } from '../cdk8s.ts';

/** What `manifest()` of cdk8s' Kubernetes classes returns. */
interface PlainManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/**
 * An object that is plain data already, as `k8s.KubeDeployment.manifest(…)` makes it: it holds no tokens and no nulls, so
 * cdk8s need not look for any. Applications are many; this halves what an object costs.
 */
export function plainObject(scope: Construct, id: string, manifest: PlainManifest): void {
  new PlainObject(scope, id, manifest);
}

class PlainObject extends ApiObject {
  readonly #manifest: PlainManifest;

  constructor(scope: Construct, id: string, manifest: PlainManifest) {
    const { name = '', namespace } = manifest.metadata ?? {};
    const metadata = namespace === undefined ? { name } : { name, namespace };
    super(scope, id, { apiVersion: manifest.apiVersion, kind: manifest.kind, metadata });
    this.#manifest = manifest;
  }

  override toJson(): PlainManifest {
    return this.#manifest;
  }
}
