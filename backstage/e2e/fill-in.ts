import type { Page } from 'playwright-core';

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();

/** Chooses in one of the template form's pickers. */
async function pick(page: Page, label: string, value: string): Promise<void> {
  const field = page
    .getByRole('textbox', { name: label })
    .or(page.getByLabel(label, { exact: false }))
    .first();
  await field.click();
  await field.fill(value);
  await page
    .getByRole('option', { name: new RegExp(value, 'i') })
    .first()
    .click();
}

async function create(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

/** Fills in the template "New application". */
export async function createApplication(
  page: Page,
  { team, name }: { readonly team: string; readonly name: string },
): Promise<void> {
  await pick(page, 'Team', team);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Description').fill('Keeps what a customer wants to buy.');
  await next(page);
  await page.getByLabel('Image').waitFor();
  await next(page);
  await page.getByText('Open a branch for a review').waitFor();
  await create(page);
}

/** Fills in the template "Environment overlay" with another image. */
export async function overlayImage(
  page: Page,
  overlay: { readonly application: string; readonly environment: string; readonly image: string },
): Promise<void> {
  await pick(page, 'Application', overlay.application);
  await pick(page, 'Environment', overlay.environment);
  await next(page);
  await page.getByLabel('Image').fill(overlay.image);
  await next(page);
  await page.getByText('Open a branch for a review').waitFor();
  await create(page);
  await page.getByRole('link', { name: 'Watch it travel' }).waitFor();
}
