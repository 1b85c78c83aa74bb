import type { ClusterCache } from '../cluster/cluster-cache.ts';
import { patchObject, writeFinalizers, writeStatus } from '../cluster/write-status.ts';
import { type Application, type ApplicationStatus, asApplication } from './application.ts';

/** The annotation that asks for a look at git at once ("refresh"), with the value `normal` or `hard`. */
export const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** Writes Applications back to the hub, only where something differs. */
export class ApplicationWriter {
  readonly #hub: ClusterCache;

  constructor(hub: ClusterCache) {
    this.#hub = hub;
  }

  /** Resolves with the Application as it is stored now. */
  async writeStatus(app: Application, status: ApplicationStatus): Promise<Application> {
    return asApplication(await writeStatus(this.#hub, app, status));
  }

  /** Removes the refresh annotation. */
  async clearRefresh(app: Application): Promise<void> {
    await patchObject(this.#hub, app, {
      patch: { metadata: { annotations: { [refreshAnnotation]: null } } },
    });
  }

  /** Removes a requested operation that was taken up. */
  async clearOperation(app: Application): Promise<Application> {
    return asApplication(await patchObject(this.#hub, app, { patch: { operation: null } }));
  }

  /** Removes finalizers; the API server then lets the Application go. */
  async removeFinalizers(app: Application, names: readonly string[]): Promise<void> {
    const kept = (app.metadata.finalizers ?? []).filter((name) => !names.includes(name));
    await writeFinalizers(this.#hub, app, kept);
  }
}
