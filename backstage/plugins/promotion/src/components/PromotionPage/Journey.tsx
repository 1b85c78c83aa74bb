import { Link } from '@backstage/ui';
import type { UnitView } from '@drydock/plugin-promotion-common';
import { paths } from '../../paths';
import { Age } from '../parts/Age';
import { HealthStatus } from '../parts/HealthStatus';
import { ReleaseName } from '../parts/ReleaseName';
import styles from './PromotionPage.module.css';

/** The unit in every environment, in the order in which a release travels. */
export const Journey = (props: { readonly unit: UnitView; readonly environment?: string }) => (
  <ol className={styles.journey} aria-label="Environments">
    {props.unit.cells.map(({ environment, release, health, since }) => (
      <li key={environment} className={styles.stop}>
        <Link
          href={paths.promotion(props.unit.unit, environment)}
          standalone
          className={styles.stopLink}
          aria-current={environment === props.environment ? 'page' : undefined}
        >
          <strong>{environment}</strong>
          <span className={styles.stopState}>
            {release ? <ReleaseName release={release} /> : 'nothing yet'}
            {health && <HealthStatus health={health} />}
            {since && <Age at={since} />}
          </span>
        </Link>
      </li>
    ))}
  </ol>
);
