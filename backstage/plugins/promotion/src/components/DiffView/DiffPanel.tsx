import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { Place, promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { Problem } from '../parts/Problem';
import { DiffView } from './DiffView';

/** Loads the diff of a promotion, or of going to a given release, and shows it. */
export const DiffPanel = (props: { readonly place: Place; readonly release?: string }) => {
  const { unit, environment } = props.place;
  const { release } = props;
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.diff({ unit, environment }, release), [api, unit, environment, release]);
  const { data, error, at, reload } = useLiveData(load);
  return (
    <>
      {error !== undefined && <Problem error={error} at={at} retry={reload} />}
      {data && <DiffView diff={data} />}
      {!data && error === undefined && <p role="status">Rendering the difference …</p>}
    </>
  );
};
