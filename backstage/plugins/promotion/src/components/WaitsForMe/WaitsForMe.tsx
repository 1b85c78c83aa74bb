import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { useCallback } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { useLiveData } from '../../hooks/useLiveData';
import { paths } from '../../paths';
import partStyles from '../parts/parts.module.css';
import { Problem } from '../parts/Problem';
import styles from './WaitsForMe.module.css';
import { Waiting, waitsForMe } from './waitsForMe';

const ROWS = 100;

/** The home page's widget: what the signed-in user can do something about. */
export const WaitsForMe = () => {
  const api = useApi(promotionApiRef);
  const load = useCallback(async () => {
    const [me, waiting, blocked] = await Promise.all([
      api.whoAmI(),
      api.matrix({ action: 'wait', pageSize: ROWS }),
      api.matrix({ action: 'current', pageSize: ROWS }),
    ]);
    const seen = new Set(waiting.rows.map(({ unit }) => unit));
    const rows = [...waiting.rows, ...blocked.rows.filter(({ unit }) => !seen.has(unit))];
    return waitsForMe({ ...waiting, rows }, me);
  }, [api]);
  const { data, error, at, reload } = useLiveData(load);
  return (
    <div className={styles.widget}>
      {error !== undefined && <Problem error={error} at={at} retry={reload} />}
      {data?.length === 0 && <p className={partStyles.muted}>Nothing waits for you.</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map(waiting => (
            <WaitingRow key={`${waiting.unit}/${waiting.cell.environment}`} waiting={waiting} />
          ))}
        </ul>
      )}
    </div>
  );
};

const WaitingRow = ({ waiting: { unit, cell, why } }: { readonly waiting: Waiting }) => (
  <li>
    <Link href={paths.promotion(unit, cell.environment)} weight="bold">
      {unit} in {cell.environment}
    </Link>{' '}
    <span className={partStyles.muted}>
      {why === 'approve'
        ? `${cell.verdict.candidate?.name} waits for an approval; ${cell.verdict.requestedBy} asked for it`
        : `is ${cell.health?.toLocaleLowerCase('en-US')}`}
    </span>
  </li>
);
