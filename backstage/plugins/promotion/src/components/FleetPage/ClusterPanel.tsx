import type { FleetView } from '@drydock/plugin-promotion-common';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';

/** Every cluster, and what it is made of. */
export const ClusterPanel = ({ fleet }: { readonly fleet: FleetView }) => (
  <Panel title={`Clusters of ${fleet.name}`}>
    <div className={partStyles.scroll}>
      <table className={partStyles.table}>
        <thead>
          <tr>
            <th scope="col">Cluster</th>
            <th scope="col">Environment</th>
            <th scope="col">Role</th>
            <th scope="col">Provider</th>
            <th scope="col">Engine</th>
            <th scope="col">Kubernetes</th>
            <th scope="col">Units</th>
          </tr>
        </thead>
        <tbody>
          {fleet.clusters.map(({ name, environment, role, provider, engine, kubernetesVersion }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{environment}</td>
              <td>{role}</td>
              <td>{provider}</td>
              <td>{engine === 'argocd' ? 'Argo CD' : 'Flux'}</td>
              <td>{kubernetesVersion}</td>
              <td>{fleet.units.filter(({ clusters }) => clusters.includes(name)).length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </Panel>
);
