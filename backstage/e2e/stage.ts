import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DemoClone } from '../../scripts/demo/demo-clone.ts';
import { type Backend, runBackend, waitUntilReady } from '../scripts/backend.ts';
import { buildAppIfNeeded } from '../scripts/build-app.ts';
import { rootFolder } from '../scripts/folders.ts';
import { installIfNeeded } from '../scripts/install.ts';
import { portalEnvironment } from '../scripts/portal-environment.ts';
import { freePort } from './free-port.ts';
import { findChromium } from './find-chromium.ts';

export interface StageOptions {
  /** Where the pictures of the documentation go; undefined: none are taken. */
  readonly pictures: string | undefined;
  /** Where evidence of a failure goes. */
  readonly results: string;
  readonly progress: (line: string) => void;
}

const VIEWPORT = { width: 1280, height: 800 };
const PATIENCE = 60_000;

/** A clone with a fleet of its own, a portal in front of it, and browsers in which people are signed in. */
export class Stage {
  readonly url: string;
  readonly clone: DemoClone;
  readonly #options: StageOptions;
  readonly #browser: Browser;
  readonly #backend: Backend;
  readonly #pages = new Map<string, Page>();

  private constructor(parts: {
    readonly url: string;
    readonly clone: DemoClone;
    readonly options: StageOptions;
    readonly browser: Browser;
    readonly backend: Backend;
  }) {
    this.url = parts.url;
    this.clone = parts.clone;
    this.#options = parts.options;
    this.#browser = parts.browser;
    this.#backend = parts.backend;
  }

  static async build(options: StageOptions): Promise<Stage> {
    const executablePath = await findChromium();
    await installIfNeeded();
    options.progress(`pages: ${(await buildAppIfNeeded()) ?? 'are current'}`);
    const clone = await DemoClone.create(rootFolder);
    try {
      await clone.drydock(['up']);
      const port = await freePort();
      const env = { DRYDOCK_PORTAL_PORT: String(port) };
      const environment = await portalEnvironment(env, join(clone.folder, '.drydock'));
      const backend = await runBackend(environment, { background: false });
      await waitUntilReady(environment, backend);
      options.progress(`portal: ${environment.url}`);
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      return new Stage({ url: environment.url, clone, options, browser, backend });
    } catch (error) {
      await clone.remove();
      throw error;
    }
  }

  /** A browser in which a demo user is signed in; the same one each time. */
  async as(user: string): Promise<Page> {
    const known = this.#pages.get(user);
    if (known !== undefined) return known;
    const context = await this.#browser.newContext({ viewport: VIEWPORT });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    this.#pages.set(user, page);
    await page.goto(this.url);
    await page.getByRole('heading', { name: user }).click();
    await page.getByRole('link', { name: 'Promotions' }).waitFor();
    return page;
  }

  /** Keeps a picture for the documentation, if they are wanted. */
  async picture(page: Page, name: string): Promise<void> {
    if (this.#options.pictures === undefined) return;
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(this.#options.pictures, `${name}.png`), animations: 'disabled' });
  }

  /** Keeps what is on every screen and what the portal said. @returns where */
  async keepEvidence(): Promise<string> {
    const { results } = this.#options;
    for (const [user, page] of this.#pages) {
      await page.screenshot({ path: join(results, `${user}.png`) }).catch(() => undefined);
    }
    const log = join(this.clone.folder, '.drydock', 'logs', 'portal.log');
    await copyFile(log, join(results, 'portal.log')).catch(() => undefined);
    return results;
  }

  async clear(): Promise<void> {
    await this.#browser.close();
    this.#backend.child.kill('SIGTERM');
    await this.#backend.exit;
    await this.clone.remove();
  }
}
