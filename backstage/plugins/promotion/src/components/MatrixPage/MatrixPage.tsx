import { useApi } from '@backstage/frontend-plugin-api';
import { TablePagination } from '@backstage/ui';
import type { MatrixView } from '@drydock/plugin-promotion-common';
import { useCallback, useEffect, useState } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { PageBody } from '../parts/PageBody';
import { HydrationAlert } from './HydrationAlert';
import { MatrixFilters } from './MatrixFilters';
import { MatrixTable } from './MatrixTable';
import { useMatrixQuery } from './useMatrixQuery';

/** Units × environments: what is where, and what waits for what. */
export const MatrixPage = () => {
  const api = useApi(promotionApiRef);
  const { query, change } = useMatrixQuery();
  const load = useCallback(() => api.matrix(query), [api, query]);
  const live = useLiveData(load);
  const teams = useTeams();
  return (
    <PageBody live={live}>
      {matrix => (
        <>
          {matrix.hydration && <HydrationAlert hydration={matrix.hydration} />}
          <MatrixFilters query={query} teams={teams} onChange={change} />
          <MatrixTable matrix={matrix} />
          <Pages
            matrix={matrix}
            onPage={page => change({ page })}
            onSize={pageSize => change({ pageSize })}
          />
        </>
      )}
    </PageBody>
  );
};

const Pages = (props: {
  readonly matrix: MatrixView;
  readonly onPage: (page: number) => void;
  readonly onSize: (size: number) => void;
}) => {
  const { page, pageSize, total } = props.matrix;
  if (total <= 10) return null;
  return (
    <TablePagination
      pageSize={pageSize}
      pageSizeOptions={[25, 50, 100]}
      offset={(page - 1) * pageSize}
      totalCount={total}
      hasPreviousPage={page > 1}
      hasNextPage={page * pageSize < total}
      onPreviousPage={() => props.onPage(page - 1)}
      onNextPage={() => props.onPage(page + 1)}
      onPageSizeChange={props.onSize}
    />
  );
};

/** The teams to filter by; without them the filter is short, nothing else. */
function useTeams(): readonly string[] {
  const api = useApi(promotionApiRef);
  const [teams, setTeams] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    api.fleet().then(
      fleet => current && setTeams(fleet.teams.map(({ name }) => name)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [api]);
  return teams;
}
