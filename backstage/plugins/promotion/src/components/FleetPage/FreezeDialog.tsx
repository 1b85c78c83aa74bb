import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Dialog, DialogBody, DialogFooter, DialogHeader, TextField } from '@backstage/ui';
import type { EnvironmentView } from '@drydock/plugin-promotion-common';
import { useState } from 'react';
import { promotionApiRef } from '../../api/PromotionApi';
import { Problem } from '../parts/Problem';

/** Asks once more before an environment is closed or opened. */
export const FreezeDialog = (props: {
  readonly environment: EnvironmentView;
  readonly close: () => void;
  readonly done: () => void;
}) => {
  const { environment, close, done } = props;
  const { name, freeze } = environment;
  const api = useApi(promotionApiRef);
  const toast = useApi(toastApiRef);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const answer = freeze ? await api.thaw(name) : await api.freeze(name, reason.trim());
      toast.post({ title: `Done: ${answer.done}`, status: 'success', timeout: 6_000 });
      done();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && !busy && close()}>
      <DialogHeader>{freeze ? `Thaw ${name}` : `Freeze ${name}`}</DialogHeader>
      <DialogBody>
        <p>
          {freeze
            ? 'Promotions enter again as soon as their gates are open.'
            : 'Nothing enters but rollbacks, until it is thawed.'}
        </p>
        {!freeze && <TextField label="Reason" value={reason} onChange={setReason} maxLength={1_000} />}
        {error !== undefined && <Problem error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={busy}
          isDisabled={busy || (!freeze && reason.trim() === '')}
          onPress={submit}
        >
          {freeze ? 'Thaw' : 'Freeze'}
        </Button>
        <Button variant="secondary" isDisabled={busy} onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
