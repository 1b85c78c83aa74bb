import type { UnitView } from '@drydock/plugin-promotion-common';
import { Age } from '../parts/Age';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { ReleaseName } from '../parts/ReleaseName';

const SHOWN = 20;

/** The releases of a unit, and where each is. */
export const ReleasesPanel = ({ view }: { readonly view: UnitView }) => (
  <Panel title="Releases">
    <div className={partStyles.scroll}>
      <table className={partStyles.table}>
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col">Change</th>
            <th scope="col">By</th>
            <th scope="col">Age</th>
            <th scope="col">Is in</th>
          </tr>
        </thead>
        <tbody>
          {view.releases.slice(0, SHOWN).map(release => (
            <tr key={release.id}>
              <td>
                <ReleaseName release={release} />
              </td>
              <td>{release.subject}</td>
              <td>{release.requestedBy}</td>
              <td>
                <Age at={release.createdAt} />
              </td>
              <td>{placesOf(view, release.id) || <span className={partStyles.muted}>–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {view.releases.length > SHOWN && (
      <p className={partStyles.muted}>{view.releases.length - SHOWN} older releases are not shown.</p>
    )}
  </Panel>
);

function placesOf({ cells }: UnitView, release: string): string {
  return cells
    .filter(({ placements }) => placements.some(place => place.release === release))
    .map(({ environment }) => environment)
    .join(', ');
}
