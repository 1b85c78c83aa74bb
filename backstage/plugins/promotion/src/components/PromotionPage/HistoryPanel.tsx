import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { HistoryEntryView } from '@drydock/plugin-promotion-common';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { paths } from '../../paths';
import { Age } from '../parts/Age';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { Problem } from '../parts/Problem';
import styles from './PromotionPage.module.css';

const LIMIT = 30;

/** What moved, the latest first, as the environment branches record it. */
export const HistoryPanel = (props: {
  readonly query: { readonly unit?: string; readonly environment?: string };
  readonly title: string;
}) => {
  const { unit, environment } = props.query;
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.history({ unit, environment, limit: LIMIT }), [api, unit, environment]);
  const { data, error, at, reload } = useLiveData(load);
  return (
    <Panel title={props.title}>
      {error !== undefined && <Problem error={error} at={at} retry={reload} />}
      {data && data.length === 0 && <p className={styles.muted}>Nothing has moved yet.</p>}
      {data && data.length > 0 && <HistoryTable entries={data} />}
    </Panel>
  );
};

const HistoryTable = ({ entries }: { readonly entries: readonly HistoryEntryView[] }) => (
  <div className={partStyles.scroll}>
    <table className={partStyles.table}>
      <caption className={styles.hidden}>Promotions, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Release</th>
          <th scope="col">Clusters</th>
          <th scope="col">Requested by</th>
          <th scope="col">Approved by</th>
          <th scope="col">Commit</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(entry => (
          <tr key={`${entry.commit}/${entry.unit}`}>
            <td>
              <Age at={entry.at} />
            </td>
            <td>
              <Link href={paths.promotion(entry.unit, entry.environment)}>
                {entry.unit} in {entry.environment}
              </Link>
              {entry.cause === 'rollback' && (
                <span className={`${partStyles.badge} ${partStyles.badgeWarning}`}>rollback</span>
              )}
            </td>
            <td>
              <code>{entry.revision.slice(0, 8)}</code>
            </td>
            <td>{entry.clusters.join(', ')}</td>
            <td>{entry.requestedBy || '–'}</td>
            <td>{entry.approvedBy.join(', ') || '–'}</td>
            <td>
              <code>{entry.commit.slice(0, 8)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
