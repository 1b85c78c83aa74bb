import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { Problem } from '../parts/Problem';
import { Journey } from '../PromotionPage/Journey';
import { unitOf } from './unitOf';

/** The card of a component: its unit in every environment. */
export const EntityPromotionCard = () => {
  const { entity } = useEntity();
  const unit = unitOf(entity);
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.unit(unit), [api, unit]);
  const { data, error, at, reload } = useLiveData(load);
  return (
    <EntityInfoCard title="Promotions">
      {error !== undefined && <Problem error={error} at={at} retry={reload} />}
      {data && <Journey unit={data} />}
    </EntityInfoCard>
  );
};
