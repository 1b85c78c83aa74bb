import { Link } from '@backstage/ui';
import type { CellView, FleetView, MatrixView } from '@drydock/plugin-promotion-common';
import { paths } from '../../paths';
import { HealthStatus } from '../parts/HealthStatus';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { ReleaseName } from '../parts/ReleaseName';

/** The catalogue of addons: the version on main, and in each environment the release, its drift and its skew. */
export const AddonPanel = (props: { readonly fleet: FleetView; readonly matrix: MatrixView }) => {
  const { fleet, matrix } = props;
  const addons = fleet.units.filter(({ kind }) => kind === 'Addon');
  return (
    <Panel title="Addons">
      <div className={partStyles.scroll}>
        <table className={partStyles.table}>
          <thead>
            <tr>
              <th scope="col">Addon</th>
              <th scope="col">Category</th>
              <th scope="col">Version on main</th>
              {matrix.environments.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {addons.map(({ name, category, version, clusters }) => {
              const row = matrix.rows.find(({ unit }) => unit === name);
              return (
                <tr key={name}>
                  <td>{row ? <Link href={paths.unit(name)}>{name}</Link> : name}</td>
                  <td>{category}</td>
                  <td>{version ?? '–'}</td>
                  {matrix.environments.map(environment => (
                    <td key={environment.name}>
                      {clusters.length === 0 ? (
                        <span className={partStyles.muted}>not switched on</span>
                      ) : (
                        <AddonCell cell={row?.cells.find(cell => cell.environment === environment.name)} />
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
};

const AddonCell = ({ cell }: { readonly cell: CellView | undefined }) => {
  if (!cell?.release) return <span className={partStyles.muted}>–</span>;
  const { release, health, placements, verdict } = cell;
  const drifted = placements.filter(({ synced }) => !synced).map(({ cluster }) => cluster);
  const behind = verdict.candidate && verdict.action !== 'current';
  return (
    <>
      <ReleaseName release={release} /> {health && <HealthStatus health={health} />}
      {drifted.length > 0 && <div className={partStyles.muted}>not in sync on {drifted.join(', ')}</div>}
      {behind && <div className={partStyles.muted}>behind {verdict.candidate?.name}</div>}
    </>
  );
};
