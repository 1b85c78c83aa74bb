import { useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { UnitView } from '@drydock/plugin-promotion-common';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { Place, promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { DiffPanel } from '../DiffView/DiffPanel';
import { PageBody } from '../parts/PageBody';
import { Panel } from '../parts/Panel';
import { ActionPanel } from './ActionPanel';
import { GatePanel } from './GatePanel';
import { HistoryPanel } from './HistoryPanel';
import { Journey } from './Journey';
import { PlacementPanel } from './PlacementPanel';
import styles from './PromotionPage.module.css';
import { Trail } from './Trail';

/** One unit in one environment: what would change, why it waits, who decides, and what was before. */
export const PromotionPage = () => {
  const { unit = '', environment = '' } = useParams();
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.unit(unit), [api, unit]);
  const live = useLiveData(load);
  return (
    <PageBody live={live}>
      {view => <Promotion view={view} place={{ unit, environment }} changed={live.reload} />}
    </PageBody>
  );
};

const Promotion = (props: {
  readonly view: UnitView;
  readonly place: Place;
  readonly changed: () => void;
}) => {
  const { view, place, changed } = props;
  const cell = view.cells.find(({ environment }) => environment === place.environment);
  if (!cell) {
    return (
      <Alert
        status="warning"
        icon
        title={`There is no environment ${place.environment}, or you may not see it.`}
      />
    );
  }
  const { candidate, action } = cell.verdict;
  const next = candidate && action !== 'current' ? candidate : undefined;
  return (
    <>
      <Trail unit={view} environment={place.environment} />
      <Journey unit={view} environment={place.environment} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <GatePanel cell={cell} />
          <PlacementPanel cell={cell} />
        </div>
        <ActionPanel view={view} cell={cell} changed={changed} />
      </div>
      <Panel
        title={
          next
            ? `What ${next.name} changes in ${place.environment}`
            : `Nothing is next for ${place.environment}`
        }
      >
        {next ? (
          <DiffPanel place={place} release={next.id} />
        ) : (
          <p className={styles.muted}>{cell.verdict.reasons[0]?.message}</p>
        )}
      </Panel>
      <HistoryPanel query={place} title={`History in ${place.environment}`} />
    </>
  );
};
