import { Link } from '@backstage/ui';
import type { EnvironmentView, MatrixView, RowView } from '@drydock/plugin-promotion-common';
import { memo } from 'react';
import { paths } from '../../paths';
import { MatrixCell } from './MatrixCell';
import styles from './MatrixPage.module.css';

/** The matrix as a table: a row for each unit, a column for each environment. */
export const MatrixTable = ({ matrix }: { readonly matrix: MatrixView }) => (
  <div className={styles.scroll}>
    <table className={styles.matrix}>
      <caption className={styles.caption}>
        {matrix.fleet
          ? `${matrix.total} units of ${matrix.fleet}, main at ${matrix.revision?.slice(0, 8)}`
          : 'No revision of main is hydrated yet'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Unit</th>
          {matrix.environments.map(environment => (
            <EnvironmentHead key={environment.name} environment={environment} />
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map(row => (
          <MatrixRow key={row.unit} row={row} environments={matrix.environments} />
        ))}
        {matrix.rows.length === 0 && (
          <tr>
            <td colSpan={matrix.environments.length + 1} className={styles.empty}>
              No unit fits. Change the search or the filters.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  </div>
);

const EnvironmentHead = ({ environment }: { readonly environment: EnvironmentView }) => (
  <th scope="col">
    {environment.name}
    <span className={styles.clusters}>
      {environment.freeze ? `❄ frozen by ${environment.freeze.by}` : environment.clusters.join(', ')}
    </span>
  </th>
);

const MatrixRow = memo(
  (props: { readonly row: RowView; readonly environments: readonly EnvironmentView[] }) => {
    const { unit, kind, team, cells } = props.row;
    return (
      <tr>
        <th scope="row">
          <Link href={paths.unit(unit)} weight="bold" standalone>
            {unit}
          </Link>
          <span className={styles.owner}>{kind === 'Addon' ? 'addon' : team}</span>
        </th>
        {props.environments.map(({ name }) => {
          const cell = cells.find(({ environment }) => environment === name);
          return (
            <td key={name}>
              {cell ? <MatrixCell unit={unit} cell={cell} /> : <span className={styles.none}>–</span>}
            </td>
          );
        })}
      </tr>
    );
  },
  (before, after) => JSON.stringify(before.row) === JSON.stringify(after.row),
);
