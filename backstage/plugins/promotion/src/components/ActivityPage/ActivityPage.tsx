import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { Age } from '../parts/Age';
import { PageBody } from '../parts/PageBody';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { HistoryPanel } from '../PromotionPage/HistoryPanel';

const LIMIT = 50;

/** What people decided, and what moved because of it. */
export const ActivityPage = () => {
  const api = useApi(promotionApiRef);
  const load = useCallback(() => api.audit(LIMIT), [api]);
  const live = useLiveData(load);
  return (
    <PageBody live={live}>
      {entries => (
        <>
          <Panel title="What people decided">
            {entries.length === 0 && <p className={partStyles.muted}>Nobody has decided anything yet.</p>}
            {entries.length > 0 && (
              <div className={partStyles.scroll}>
                <table className={partStyles.table}>
                  <thead>
                    <tr>
                      <th scope="col">When</th>
                      <th scope="col">Who</th>
                      <th scope="col">What</th>
                      <th scope="col">Why</th>
                    </tr>
                  </thead>
                  <tbody>
                    {entries.map(({ commit, at, by, subject, details }) => (
                      <tr key={commit}>
                        <td>
                          <Age at={at} />
                        </td>
                        <td>{by}</td>
                        <td>{subject}</td>
                        <td>{details.Reason ?? details.Comment ?? ''}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Panel>
          <HistoryPanel query={{}} title="What moved" />
        </>
      )}
    </PageBody>
  );
};
