import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cell, release, unit, verdict } from '../../__testUtils__/fixtures';
import { renderUnits } from '../../__testUtils__/renderPage';

const PATH = '/checkout/prod';
const PATCH = `diff --git a/prod-eu/units/checkout/deployment.yaml b/prod-eu/units/checkout/deployment.yaml
--- a/prod-eu/units/checkout/deployment.yaml
+++ b/prod-eu/units/checkout/deployment.yaml
@@ -1 +1 @@
-replicas: 1
+replicas: 2
`;
const diff = async () => ({
  unit: 'checkout',
  environment: 'prod',
  to: '2bcdef0',
  clusters: [{ cluster: 'prod-eu', patch: PATCH }],
});

async function openDialog(name: RegExp) {
  await userEvent.click(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
}

describe('PromotionPage', () => {
  it('shows the difference before anything is pressed', async () => {
    renderUnits(PATH, { diff });
    expect(await screen.findByText('units/checkout/deployment.yaml')).toBeInTheDocument();
    expect(screen.getByText(/replicas: 2/)).toBeInTheDocument();
  });

  it('keeps requester, approvers and executor apart', async () => {
    renderUnits(PATH);
    const requested = await screen.findByText('Requested by');
    expect(requested.nextSibling).toHaveTextContent('developer');
    expect(screen.getByText('Approved by').nextSibling).toHaveTextContent('nobody yet');
    expect(screen.getByText('Executed by').nextSibling).toHaveTextContent('the promoter');
  });

  it('says why a button cannot be pressed', async () => {
    renderUnits(PATH, {
      whoAmI: async () => ({ name: 'developer', groups: [], grants: [{ role: 'deployer' }] }),
    });
    const reason = await screen.findByText('You asked for this release, so somebody else has to approve it.');
    const button = screen.getByRole('button', { name: /^Approve/ });
    expect(button).toBeDisabled();
    expect(button).toHaveAttribute('aria-describedby', reason.id);
  });

  it('approves exactly the release that was on the screen, once', async () => {
    const approve = jest.fn(() => new Promise<never>(() => undefined));
    renderUnits(PATH, { approve, diff });
    const dialog = await openDialog(/^Approve/);
    const button = dialog.getByRole('button', { name: /^Approve/ });
    await userEvent.dblClick(button);
    expect(approve).toHaveBeenCalledTimes(1);
    expect(approve).toHaveBeenCalledWith({ unit: 'checkout', environment: 'prod' }, 'release-2', undefined);
  });

  it('says that a release was superseded between the page and the click, and stays open', async () => {
    const message = 'checkout in prod now waits with 3bcdef01, not with release-2: look at it again';
    const approve = async () =>
      Promise.reject({ statusCode: 409, body: { error: { message } }, message: 'Request failed' });
    renderUnits(PATH, { approve });
    const dialog = await openDialog(/^Approve/);
    await userEvent.click(dialog.getByRole('button', { name: /^Approve/ }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Nothing was done');
    expect(dialog.getByRole('alert')).toHaveTextContent(message);
  });

  it('needs a reason for a hold', async () => {
    const hold = jest.fn(async () => ({ done: 'held' }));
    renderUnits(PATH, { hold });
    const dialog = await openDialog(/^Hold/);
    expect(dialog.getByRole('button', { name: 'Hold' })).toBeDisabled();
    await userEvent.type(dialog.getByRole('textbox'), 'incident 7');
    await userEvent.click(dialog.getByRole('button', { name: 'Hold' }));
    await waitFor(() =>
      expect(hold).toHaveBeenCalledWith({ unit: 'checkout', environment: 'prod' }, 'incident 7'),
    );
  });

  it('rolls back to the release that was chosen', async () => {
    const rollback = jest.fn(async () => ({ done: 'rolled back' }));
    const view = unit({
      cells: [cell({ release: release(3), verdict: verdict({ action: 'current' }) })],
      releases: [release(3), release(2), release(1)],
    });
    renderUnits(PATH, { unit: async () => view, rollback });
    const dialog = await openDialog(/^Roll back/);
    await userEvent.click(dialog.getByRole('radio', { name: /Change number 1/ }));
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    await waitFor(() => expect(rollback).toHaveBeenCalledWith(expect.anything(), 'release-1', undefined));
  });

  it('shows hostile text as text', async () => {
    const subject = '<img src=x onerror="document.title=\'owned\'"> [link](javascript:alert(1))';
    const candidate = release(2, { subject });
    const view = unit({ cells: [cell({ verdict: verdict({ candidate }) })] });
    renderUnits(PATH, { unit: async () => view });
    expect(await screen.findByText(subject, { exact: false })).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(document.title).not.toBe('owned');
  });

  it('says that there is no such environment', async () => {
    renderUnits('/checkout/nowhere');
    expect(await screen.findByText(/There is no environment nowhere/)).toBeInTheDocument();
  });
});
