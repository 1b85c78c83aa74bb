import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { PageBody } from '../parts/PageBody';
import { HistoryPanel } from '../PromotionPage/HistoryPanel';
import { Journey } from '../PromotionPage/Journey';
import { Trail } from '../PromotionPage/Trail';
import { ReleasesPanel } from './ReleasesPanel';

/** One unit in every environment, its releases and its history. */
export const UnitPage = () => {
  const { unit = '' } = useParams();
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.unit(unit), [api, unit]);
  const live = useLiveData(load);
  return (
    <PageBody live={live}>
      {view => (
        <>
          <Trail unit={view} />
          <Journey unit={view} />
          <ReleasesPanel view={view} />
          <HistoryPanel query={{ unit }} title="History" />
        </>
      )}
    </PageBody>
  );
};
