import { createRouteRef } from '@backstage/frontend-plugin-api';

/** `/promotions` */
export const rootRouteRef = createRouteRef();
