import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { type ClusterClient, ClusterError } from '../cluster/cluster-client.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { createMergePatch } from '../cluster/merge-patch.ts';
import { type Application, type ApplicationStatus, asApplication } from './application.ts';

/** The annotation that asks for a look at git at once ("refresh"), with the value `normal` or `hard`. */
export const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** Writes Applications back to the hub, only where something differs. */
export class ApplicationWriter {
  readonly #hub: ClusterCache;

  constructor(hub: ClusterCache) {
    this.#hub = hub;
  }

  /** Resolves with the Application as it is stored now; nothing is sent when nothing differs. */
  async writeStatus(app: Application, status: ApplicationStatus): Promise<Application> {
    const patch = createMergePatch(app.status ?? {}, status);
    if (patch === undefined) return app;
    const type = await this.#type(app);
    const subresource = type.hasStatus ? ('status' as const) : undefined;
    return await this.#patch(app, { patch: { status: patch }, subresource });
  }

  /** Removes the refresh annotation. */
  async clearRefresh(app: Application): Promise<Application> {
    return await this.#patch(app, { patch: { metadata: { annotations: { [refreshAnnotation]: null } } } });
  }

  /** Removes a requested operation that was taken up. */
  async clearOperation(app: Application): Promise<Application> {
    return await this.#patch(app, { patch: { operation: null } });
  }

  /** Removes finalizers; the API server then lets the Application go. Refused when somebody changed it meanwhile. */
  async removeFinalizers(app: Application, names: readonly string[]): Promise<void> {
    const finalizers = (app.metadata.finalizers ?? []).filter((name) => !names.includes(name));
    const { resourceVersion } = app.metadata;
    await this.#patch(app, { patch: { metadata: { finalizers, resourceVersion } } });
  }

  async #patch(app: Application, change: Parameters<ClusterClient['patch']>[2]): Promise<Application> {
    const type = await this.#type(app);
    const stored = await this.#hub.client.patch(type, app.metadata, change);
    if (stored.metadata.deletionTimestamp === undefined) this.#hub.observe(stored);
    return asApplication(stored);
  }

  async #type(
    app: KubeObject,
  ): ReturnType<ClusterClient['findType']> extends Promise<infer T> ? Promise<NonNullable<T>> : never {
    const type = await this.#hub.client.findType(app.apiVersion, app.kind);
    if (type === undefined) throw new ClusterError('the hub does not serve Applications', { code: 404 });
    return type;
  }
}
