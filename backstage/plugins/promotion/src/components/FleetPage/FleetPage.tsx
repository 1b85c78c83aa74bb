import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { PageBody } from '../parts/PageBody';
import { AddonPanel } from './AddonPanel';
import { ClusterPanel } from './ClusterPanel';
import { EnvironmentPanel } from './EnvironmentPanel';

/** Clusters, environments and addons: what there is, and where it differs. */
export const FleetPage = () => {
  const api = useApi(promotionApiRef);
  const load = useCallback(async () => {
    const [fleet, matrix] = await Promise.all([api.fleet(), api.matrix({ kind: 'Addon', pageSize: 100 })]);
    return { fleet, matrix };
  }, [api]);
  const live = useLiveData(load);
  return (
    <PageBody live={live}>
      {({ fleet, matrix }) => (
        <>
          <EnvironmentPanel fleet={fleet} environments={matrix.environments} changed={live.reload} />
          <ClusterPanel fleet={fleet} />
          <AddonPanel fleet={fleet} matrix={matrix} />
        </>
      )}
    </PageBody>
  );
};
