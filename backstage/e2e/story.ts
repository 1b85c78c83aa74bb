import type { Page } from 'playwright-core';
import type { Timeline } from '../../scripts/demo/timeline.ts';
import { breakImage } from './break-image.ts';
import { createApplication, overlayImage } from './fill-in.ts';
import type { Stage } from './stage.ts';

const APP = 'cart';
const BAD = 'ghcr.io/stefanprodan/podinfo:6.9.9';

/** A cell of the matrix, or a stop of the journey, that names a health. */
const stop = (page: Page, environment: string) =>
  page.getByRole('list', { name: 'Environments' }).getByRole('link', { name: environment });

/**
 * The story of one application: created from a template, looked at, approved by somebody else, broken, rolled back. A
 * step counts only when it was seen on the screen of the one who would look.
 */
export async function tellStory(stage: Stage, timeline: Timeline): Promise<void> {
  const { url } = stage;
  const open = async (user: string, path: string) => {
    const page = await stage.as(user);
    await page.goto(`${url}${path}`);
    return page;
  };
  const prod = `/promotions/units/${APP}/prod`;

  await timeline.step('developer signs in and sees the fleet', async () => {
    const page = await open('developer', '/promotions');
    await page.getByRole('rowheader', { name: /podinfo/ }).waitFor();
    await page.getByRole('link', { name: 'podinfo in staging' }).getByText('Healthy').waitFor();
    await stage.picture(page, 'matrix');
    return (await page.getByRole('table').locator('caption').textContent()) ?? '';
  });

  await timeline.step('creates an application from the template', async () => {
    const page = await open('developer', '/create/templates/default/new-application');
    await createApplication(page, { team: 'payments', name: APP });
    await page.getByText('+  name: cart').waitFor();
    await stage.picture(page, 'template');
    await page.getByRole('link', { name: 'Watch it travel' }).click();
    return 'committed to main, with the patch on the screen';
  });

  await timeline.step('sees it reach dev and staging', async () => {
    const page = await stage.as('developer');
    await stop(page, 'dev').getByText('Healthy').waitFor();
    await stop(page, 'staging').getByText('Healthy').waitFor();
    return 'healthy in both';
  });

  await timeline.step('looks at what prod would get', async () => {
    const page = await open('developer', prod);
    await page.getByText('0 of 1 approvals').first().waitFor();
    await page.getByText('units/cart/deployment-cart.yaml').first().waitFor();
    const approve = page.getByRole('button', { name: /^Approve/ });
    if (await approve.isEnabled()) throw new Error('developer could press Approve');
    await page.getByText('You asked for this release, so somebody else has to approve it.').waitFor();
    await stage.picture(page, 'promotion');
    return 'the rendered files, the gates, and why the developer cannot approve';
  });

  await timeline.step('a viewer can press nothing', async () => {
    const page = await open('viewer', prod);
    await page.getByText('You are viewer').waitFor();
    await page.getByText('You need the role deployer in prod.').first().waitFor();
    const enabled = await page
      .getByRole('region', { name: 'What you can do' })
      .getByRole('button', { disabled: false })
      .count();
    if (enabled > 0) throw new Error(`a viewer could press ${enabled} buttons`);
    return 'every button says which role it needs';
  });

  await timeline.step('operator is told that it waits', async () => {
    const page = await open('operator', '/');
    await page.getByRole('link', { name: `${APP} in prod` }).waitFor();
    await stage.picture(page, 'home');
    await page.getByRole('link', { name: `${APP} in prod` }).click();
    return 'on the home page';
  });

  await timeline.step('operator approves, with the difference on the screen', async () => {
    const page = await stage.as('operator');
    await approve(page);
    return 'approved';
  });

  await timeline.step('it is in prod', async () => {
    const page = await stage.as('developer');
    await stop(page, 'prod').getByText('Healthy').waitFor();
    return 'seen by the developer without loading the page again';
  });

  await timeline.step('a release for prod that crashes', async () => {
    await breakImage(stage.clone, ['prod-eu', 'prod-us'], BAD);
    const page = await open('developer', '/create/templates/default/environment-overlay');
    await overlayImage(page, { application: APP, environment: 'prod', image: BAD });
    const operator = await open('operator', prod);
    await operator.getByText('podinfo:6.9.9').first().waitFor();
    await approve(operator);
    await stop(operator, 'prod').getByText('Degraded').waitFor();
    return 'prod is degraded';
  });

  await timeline.step('developer rolls it back', async () => {
    const page = await open('developer', prod);
    await page.getByRole('button', { name: 'Roll back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('it crashes');
    await dialog.getByText('podinfo:6.9.9').first().waitFor();
    await stage.picture(page, 'rollback');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await dialog.waitFor({ state: 'detached' });
    await stop(page, 'prod').getByText('Healthy').waitFor();
    await page.getByText('Held by developer').first().waitFor();
    await page.getByText('rollback', { exact: true }).first().waitFor();
    return 'healthy again and held, and the history says so';
  });

  await timeline.step('the Kubernetes plugin shows its pods', async () => {
    const page = await open('developer', `/catalog/default/component/${APP}/kubernetes`);
    await page.getByText('prod-eu').first().waitFor();
    await page.getByText('prod-us').first().waitFor();
    await page.getByText('staging').first().waitFor();
    return 'in all clusters';
  });

  await timeline.step('dark and light', async () => {
    const page = await open('developer', '/promotions');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await page.getByRole('rowheader', { name: /cart/ }).waitFor();
    await stage.picture(page, 'matrix-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    return 'both are shown';
  });

  await timeline.step('the fleet goes away', async () => {
    const page = await stage.as('developer');
    await stage.clone.drydock(['down']);
    await page.getByText('The promoter does not answer').waitFor();
    await page.getByRole('rowheader', { name: /cart/ }).waitFor();
    return 'what was known stays on the screen, with its age';
  });
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Approve/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('prod-eu').first().waitFor();
  await dialog.getByRole('button', { name: /^Approve/ }).click();
  await dialog.waitFor({ state: 'detached' });
}
