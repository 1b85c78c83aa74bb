import type { CellView } from '@drydock/plugin-promotion-common';
import { Opening } from '../parts/Age';
import { GatePhase } from '../parts/GatePhase';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { ReleaseName } from '../parts/ReleaseName';
import { People } from './People';
import styles from './PromotionPage.module.css';

const TITLES: Readonly<Record<CellView['verdict']['action'], string>> = {
  promote: 'is entering',
  wait: 'waits',
  blocked: 'is blocked',
  current: 'is here',
  none: 'is not meant for here',
};

/** What is next, its gates with their reasons, and who has to do with it. */
export const GatePanel = ({ cell }: { readonly cell: CellView }) => {
  const { verdict, hold } = cell;
  const { candidate, action, gates, reasons } = verdict;
  return (
    <Panel title={`${candidate ? `Release ${candidate.name}` : 'The next release'} ${TITLES[action]}`}>
      {candidate && (
        <p className={styles.lead}>
          <ReleaseName release={candidate} /> {candidate.subject}
        </p>
      )}
      {hold && (
        <p className={styles.warning}>
          Held by {hold.by}: {hold.reason}
        </p>
      )}
      {gates.length > 0 ? (
        <div className={partStyles.scroll}>
          <table className={partStyles.table}>
            <caption className={styles.hidden}>Gates</caption>
            <thead>
              <tr>
                <th scope="col">Gate</th>
                <th scope="col">State</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {gates.map(({ type, phase, reason, opensAt }, index) => (
                <tr key={`${type}/${index}`}>
                  <td>{type}</td>
                  <td>
                    <GatePhase phase={phase} />
                  </td>
                  <td>
                    {reason}
                    {opensAt && (
                      <>
                        {' · '}
                        <Opening at={opensAt} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ul className={styles.reasons}>
          {reasons.map(({ code, message }) => (
            <li key={code}>{message}</li>
          ))}
        </ul>
      )}
      {candidate && <People verdict={verdict} />}
    </Panel>
  );
};
