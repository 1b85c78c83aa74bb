import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { EnvironmentView, FleetView, promotionOverridePermission } from '@drydock/plugin-promotion-common';
import { useState } from 'react';
import { Age, Opening } from '../parts/Age';
import { Panel } from '../parts/Panel';
import partStyles from '../parts/parts.module.css';
import { FreezeDialog } from './FreezeDialog';

/** The environments in the order of promotion, their gates, and the button that closes one. */
export const EnvironmentPanel = (props: {
  readonly fleet: FleetView;
  readonly environments: readonly EnvironmentView[];
  readonly changed: () => void;
}) => (
  <Panel title="Environments">
    <div className={partStyles.scroll}>
      <table className={partStyles.table}>
        <thead>
          <tr>
            <th scope="col">Environment</th>
            <th scope="col">After</th>
            <th scope="col">Gates</th>
            <th scope="col">Clusters</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className={partStyles.muted}>Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.environments.map(environment => (
            <EnvironmentRow
              key={environment.name}
              environment={environment}
              gates={props.fleet.environments.find(({ name }) => name === environment.name)?.gates ?? []}
              changed={props.changed}
            />
          ))}
        </tbody>
      </table>
    </div>
  </Panel>
);

const EnvironmentRow = (props: {
  readonly environment: EnvironmentView;
  readonly gates: readonly string[];
  readonly changed: () => void;
}) => {
  const { environment, gates, changed } = props;
  const { name, after, clusters, freeze } = environment;
  const [open, setOpen] = useState(false);
  const { allowed } = usePermission({ permission: promotionOverridePermission, resourceRef: name });
  return (
    <tr>
      <td>{name}</td>
      <td>{after.join(', ') || '–'}</td>
      <td>{gates.join(', ') || 'none'}</td>
      <td>{clusters.join(', ')}</td>
      <td>
        {freeze ? (
          <>
            <span className={`${partStyles.badge} ${partStyles.badgeWarning}`}>frozen</span> by {freeze.by},{' '}
            <Age at={freeze.at} /> ago: {freeze.reason} {freeze.until && <Opening at={freeze.until} />}
          </>
        ) : (
          'open'
        )}
      </td>
      <td>
        <Button
          size="small"
          variant="secondary"
          isDisabled={!allowed}
          aria-describedby={allowed ? undefined : `freeze-${name}`}
          onPress={() => setOpen(true)}
        >
          {freeze ? `Thaw ${name}` : `Freeze ${name}`}
        </Button>
        {!allowed && (
          <div id={`freeze-${name}`} className={partStyles.muted}>
            needs the role admin
          </div>
        )}
        {open && (
          <FreezeDialog
            environment={environment}
            close={() => setOpen(false)}
            done={() => {
              setOpen(false);
              changed();
            }}
          />
        )}
      </td>
    </tr>
  );
};
