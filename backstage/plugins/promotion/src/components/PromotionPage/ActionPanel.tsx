import { Button } from '@backstage/ui';
import {
  availabilityOf,
  CellView,
  overridable,
  PromotionAction,
  UnitView,
} from '@drydock/plugin-promotion-common';
import { useId, useState } from 'react';
import { Panel } from '../parts/Panel';
import { ActionDialog } from './ActionDialog';
import { actionTexts } from './actionTexts';
import styles from './PromotionPage.module.css';
import { useMe } from './useMe';
import { usePermitted } from './usePermitted';

/** The buttons. One that cannot be pressed says why. */
export const ActionPanel = (props: {
  readonly view: UnitView;
  readonly cell: CellView;
  readonly changed: () => void;
}) => {
  const { view, cell, changed } = props;
  const place = { unit: view.unit, environment: cell.environment };
  const me = useMe();
  const permitted = usePermitted(place);
  const [open, setOpen] = useState<PromotionAction>();
  const actions: PromotionAction[] = [
    'approve',
    'promote',
    'rollback',
    cell.hold ? 'releaseHold' : 'hold',
    ...(overridable(cell) ? (['override'] as const) : []),
  ];
  const input = { cell, releases: view.releases, user: me?.name ?? '', permitted };
  return (
    <Panel title="What you can do" className={styles.actions}>
      {me && (
        <p className={styles.muted}>
          You are {me.name}
          {me.grants.length > 0 && `, ${me.grants.map(({ role }) => role).join(' and ')}`}.
        </p>
      )}
      {actions.map(action => (
        <ActionRow
          key={action}
          action={action}
          cell={cell}
          reason={reasonOf(availabilityOf(action, input))}
          press={() => setOpen(action)}
        />
      ))}
      {open && (
        <ActionDialog
          action={open}
          view={view}
          cell={cell}
          close={() => setOpen(undefined)}
          done={() => {
            setOpen(undefined);
            changed();
          }}
        />
      )}
    </Panel>
  );
};

function reasonOf(availability: ReturnType<typeof availabilityOf>): string | undefined {
  return availability.available ? undefined : availability.reason;
}

const ActionRow = (props: {
  readonly action: PromotionAction;
  readonly cell: CellView;
  readonly reason: string | undefined;
  readonly press: () => void;
}) => {
  const { action, cell, reason, press } = props;
  const id = useId();
  const { label, about } = actionTexts(action, cell);
  return (
    <div className={styles.action}>
      <Button
        size="small"
        variant={action === 'approve' || action === 'promote' ? 'primary' : 'secondary'}
        isDisabled={reason !== undefined}
        aria-describedby={id}
        onPress={press}
      >
        {label}
      </Button>
      <p id={id} className={styles.muted}>
        {reason ?? about}
      </p>
    </div>
  );
};
