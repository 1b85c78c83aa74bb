import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiRouteLine } from '@remixicon/react';
import { promotionApiRef } from './api/PromotionApi';
import { PromotionClient } from './api/PromotionClient';
import { entityExtensions } from './entityExtensions';
import { homeExtensions } from './homeExtensions';
import { rootRouteRef } from './routes';

const promotionApi = ApiBlueprint.make({
  params: define =>
    define({
      api: promotionApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PromotionClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/promotions',
    title: 'Promotions',
    icon: <RiRouteLine />,
    routeRef: rootRouteRef,
  },
});

const unitsPage = SubPageBlueprint.make({
  name: 'units',
  params: {
    path: 'units',
    title: 'Units',
    loader: () => import('./components/UnitsRouter').then(m => <m.UnitsRouter />),
  },
});

const fleetPage = SubPageBlueprint.make({
  name: 'fleet',
  params: {
    path: 'fleet',
    title: 'Fleet',
    loader: () => import('./components/FleetPage/FleetPage').then(m => <m.FleetPage />),
  },
});

const activityPage = SubPageBlueprint.make({
  name: 'activity',
  params: {
    path: 'activity',
    title: 'Activity',
    loader: () => import('./components/ActivityPage/ActivityPage').then(m => <m.ActivityPage />),
  },
});

/** The plugin, for the new frontend system. */
export const promotionPlugin = createFrontendPlugin({
  pluginId: 'promotion',
  title: 'Promotions',
  icon: <RiRouteLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    promotionApi,
    page,
    unitsPage,
    fleetPage,
    activityPage,
    ...entityExtensions,
    ...homeExtensions,
  ],
  routes: { root: rootRouteRef },
});
