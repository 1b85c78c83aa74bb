import { Link } from '@backstage/ui';
import type { CellView } from '@drydock/plugin-promotion-common';
import { paths } from '../../paths';
import { Age, Opening } from '../parts/Age';
import { HealthStatus } from '../parts/HealthStatus';
import { ReleaseName } from '../parts/ReleaseName';
import styles from './MatrixPage.module.css';

/** One unit in one environment: release, health, age, and what it waits for. */
export const MatrixCell = (props: { readonly unit: string; readonly cell: CellView }) => {
  const { unit, cell } = props;
  const { release, health, since, verdict, environment } = cell;
  if (verdict.action === 'none' && !release) {
    return (
      <span className={styles.none} title={verdict.reasons[0]?.message}>
        not here
      </span>
    );
  }
  return (
    <Link
      href={paths.promotion(unit, environment)}
      standalone
      className={styles.cell}
      aria-label={`${unit} in ${environment}`}
    >
      <span className={styles.state}>
        {release ? <ReleaseName release={release} /> : <span className={styles.none}>nothing yet</span>}
        {health && <HealthStatus health={health} />}
        {since && (
          <span className={styles.age}>
            <Age at={since} />
          </span>
        )}
      </span>
      <CellWait cell={cell} />
    </Link>
  );
};

const CellWait = ({ cell: { hold, verdict } }: { readonly cell: CellView }) => {
  const { action, candidate, reasons, opensAt } = verdict;
  if (hold)
    return (
      <span className={styles.blocked}>
        held by {hold.by}: {hold.reason}
      </span>
    );
  if (action === 'current' || action === 'none') return null;
  const name = candidate?.name ?? '';
  if (action === 'promote') return <span className={styles.moves}>→ {name} is entering</span>;
  return (
    <span className={action === 'blocked' ? styles.blocked : styles.waits}>
      {name && `${name} waits · `}
      {reasons[0]?.message}
      {reasons.length > 1 && ` and ${reasons.length - 1} more`}
      {opensAt && (
        <>
          {' · '}
          <Opening at={opensAt} />
        </>
      )}
    </span>
  );
};
