import type { FleetView } from '@drydock/plugin-promotion-common';
import type { PromotionApi } from '../api/PromotionApi';
import { matrix, unit } from './fixtures';

const FLEET: FleetView = {
  name: 'harbor',
  revision: '2bcdef0123456789',
  environments: [],
  clusters: [],
  units: [],
  teams: [{ name: 'payments', displayName: 'Payments' }],
  access: [],
};

/** A promotion API that answers from fixtures; what a test is about is replaced. */
export function fakePromotionApi(over: Partial<PromotionApi> = {}): PromotionApi {
  const done = async () => ({ done: 'done' });
  return {
    whoAmI: async () => ({ name: 'operator', groups: [], grants: [{ role: 'admin' }] }),
    fleet: async () => FLEET,
    matrix: async () => matrix(),
    unit: async () => unit(),
    diff: async ({ unit: name, environment }) => ({ unit: name, environment, clusters: [] }),
    history: async () => [],
    audit: async () => [],
    promote: done,
    approve: done,
    rollback: done,
    hold: done,
    releaseHold: done,
    override: done,
    freeze: done,
    thaw: done,
    ...over,
  };
}
