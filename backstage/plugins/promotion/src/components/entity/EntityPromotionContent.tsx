import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { PageBody } from '../parts/PageBody';
import { HistoryPanel } from '../PromotionPage/HistoryPanel';
import { Journey } from '../PromotionPage/Journey';
import { ReleasesPanel } from '../UnitPage/ReleasesPanel';
import { unitOf } from './unitOf';

/** The tab of a component: environments, releases and history of its unit. */
export const EntityPromotionContent = () => {
  const { entity } = useEntity();
  const unit = unitOf(entity);
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.unit(unit), [api, unit]);
  const live = useLiveData(load);
  return (
    <PageBody live={live}>
      {view => (
        <>
          <Journey unit={view} />
          <ReleasesPanel view={view} />
          <HistoryPanel query={{ unit }} title="History" />
        </>
      )}
    </PageBody>
  );
};
