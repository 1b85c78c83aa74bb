import { Link } from '@backstage/ui';
import type { UnitView } from '@drydock/plugin-promotion-common';
import { paths } from '../../paths';
import styles from './PromotionPage.module.css';

/** Where one is: units › unit › environment. */
export const Trail = (props: { readonly unit: UnitView; readonly environment?: string }) => {
  const { unit, environment } = props;
  return (
    <div>
      <nav aria-label="Breadcrumb" className={styles.trail}>
        <Link href={paths.matrix()}>Units</Link>
        {environment && (
          <>
            <span aria-hidden="true"> › </span>
            <Link href={paths.unit(unit.unit)}>{unit.unit}</Link>
          </>
        )}
      </nav>
      <h1 className={styles.title}>
        {environment ? `${unit.unit} in ${environment}` : unit.unit}
        <span className={styles.subtitle}>
          {unit.kind === 'Addon' ? 'addon of the platform team' : `application of ${unit.team}`}
        </span>
      </h1>
    </div>
  );
};
