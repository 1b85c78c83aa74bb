import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Dialog, DialogBody, DialogFooter, DialogHeader, TextField } from '@backstage/ui';
import { CellView, PromotionAction, rollbackTargets, UnitView } from '@drydock/plugin-promotion-common';
import { useState } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { DiffPanel } from '../DiffView/DiffPanel';
import { Problem } from '../parts/Problem';
import { actionTexts } from './actionTexts';
import { decide } from './decide';
import styles from './PromotionPage.module.css';
import { ReleasePicker } from './ReleasePicker';

/** Asks once more, with the difference on the screen. Pressing twice does nothing twice. */
export const ActionDialog = (props: {
  readonly action: PromotionAction;
  readonly view: UnitView;
  readonly cell: CellView;
  readonly close: () => void;
  readonly done: () => void;
}) => {
  const { action, view, cell, close, done } = props;
  const place = { unit: view.unit, environment: cell.environment };
  const api = useApi(promotionApiRef);
  const toast = useApi(toastApiRef);
  const targets = rollbackTargets({ cell, releases: view.releases });
  const [release, setRelease] = useState(action === 'rollback' ? targets[0]?.id : cell.verdict.candidate?.id);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { label, about, ask, askIsRequired = false } = actionTexts(action, cell);
  const showsDiff = action !== 'hold' && action !== 'releaseHold';

  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await decide(api, { action, place, release, text: text.trim() });
      toast.post({ title: `Done: ${answer.done}`, status: 'success', timeout: 6_000 });
      done();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen
      width={720}
      onOpenChange={isOpen => {
        if (!isOpen && !busy) close();
      }}
    >
      <DialogHeader>
        {label}: {view.unit} in {cell.environment}
      </DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>{about}</p>
          {action === 'rollback' && (
            <ReleasePicker releases={targets} value={release} onChange={setRelease} />
          )}
          {ask && (
            <TextField
              label={ask}
              secondaryLabel={askIsRequired ? 'needed' : 'optional'}
              value={text}
              onChange={setText}
              maxLength={1_000}
            />
          )}
          {error !== undefined && <Problem error={error} />}
          {showsDiff && <DiffPanel place={place} release={release} />}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive={action === 'rollback'}
          isPending={busy}
          isDisabled={busy || (askIsRequired && text.trim() === '')}
          onPress={submit}
        >
          {label}
        </Button>
        <Button variant="secondary" isDisabled={busy} onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
