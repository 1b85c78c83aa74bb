import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { Route, Routes } from 'react-router-dom';
import { PromotionApi, promotionApiRef } from '../api/PromotionApi';
import { UnitsRouter } from '../components/UnitsRouter';
import { fakePromotionApi } from './FakePromotionApi';

/** Renders the unit pages at a path below `/promotions/units`. */
export function renderUnits(path: string, api: Partial<PromotionApi> = {}) {
  return renderInTestApp(
    <Routes>
      <Route path="/promotions/units/*" element={<UnitsRouter />} />
    </Routes>,
    {
      initialRouteEntries: [`/promotions/units${path}`],
      apis: [
        [promotionApiRef, fakePromotionApi(api)],
        [permissionApiRef, mockApis.permission()],
        [signalApiRef, { subscribe: () => ({ unsubscribe: () => undefined }) }],
      ],
    },
  );
}
