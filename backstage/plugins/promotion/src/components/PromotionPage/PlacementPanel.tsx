import type { CellView } from '@drydock/plugin-promotion-common';
import { Age } from '../parts/Age';
import { HealthStatus } from '../parts/HealthStatus';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import styles from './PromotionPage.module.css';

/** What runs on each cluster now. A cluster that does not answer is shown as unknown, the others as they are. */
export const PlacementPanel = ({ cell }: { readonly cell: CellView }) => (
  <Panel title={`Now in ${cell.environment}`}>
    {cell.placements.length === 0 ? (
      <p className={styles.muted}>Nothing of it has come here yet.</p>
    ) : (
      <div className={partStyles.scroll}>
        <table className={partStyles.table}>
          <caption className={styles.hidden}>Clusters</caption>
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Release</th>
              <th scope="col">Health</th>
              <th scope="col">Since</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {cell.placements.map(place => (
              <tr key={place.cluster}>
                <td>{place.cluster}</td>
                <td>
                  <code>{place.revision.slice(0, 8)}</code>
                  {place.cause === 'rollback' && ' (rolled back)'}
                </td>
                <td>
                  <HealthStatus health={place.health} />
                  {place.message && <div className={styles.muted}>{place.message}</div>}
                </td>
                <td>
                  <Age at={place.since} />
                </td>
                <td>
                  {place.requestedBy}
                  {place.approvedBy.length > 0 && (
                    <div className={styles.muted}>approved by {place.approvedBy.join(', ')}</div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Panel>
);
