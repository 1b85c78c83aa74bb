import { yamlText } from '../../yaml-text.ts';
import type { Delivery, DeliveryEngine, DeliveryObjects } from '../delivery-engine.ts';
import { RELEASE_FILE, releaseFile } from './application-set.ts';
import { unitApplication, VALUES_FILE } from './unit-application.ts';

/**
 * Argo CD: one Application per unit and cluster, all of them on the hub. With `delivery: applicationset` the fleet's
 * own objects hold an ApplicationSet that makes them, and the environment branch only says with what.
 */
export const argocdEngine: DeliveryEngine = { name: 'argocd', deliver };

function deliver(delivery: Delivery): DeliveryObjects {
  const { unit, chart } = delivery;
  const plain = { folderOf: () => '', files: {} };
  if (unit.delivery === 'applicationset') {
    return { ...plain, delivery: [], texts: { [RELEASE_FILE]: releaseFile(delivery) } };
  }
  const texts = chart?.valuesIn === 'file' ? { [VALUES_FILE]: yamlText(chart.values) } : {};
  return { ...plain, delivery: [unitApplication(delivery)], texts };
}
