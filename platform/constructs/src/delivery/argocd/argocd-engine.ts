import type { DeliveryEngine } from '../delivery-engine.ts';
import { unitApplication } from './unit-application.ts';

/** Argo CD: one Application per unit and cluster, all of them on the hub. */
export const argocdEngine: DeliveryEngine = {
  name: 'argocd',
  deliver: (delivery) => ({ delivery: [unitApplication(delivery)], folderOf: () => '', files: {} }),
};
