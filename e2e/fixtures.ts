/** One lake and one console for all browser tests of a worker, on free ports and a data folder that saw one start. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { freePort } from '../infra/local/testing/free-port.ts';
import { findSeed } from './seeds.ts';
import { administrator, startProduct, stopProduct } from './started-product.ts';

export { expect };

export interface Product {
  url: string;
  lakePort: number;
  dataFolder: string;
  administrator: typeof administrator;
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
interface OfTest {
  /** A page of the administrator, signed in already. */
  signedIn: Page;
  scan: () => Promise<void>;
}
interface OfWorker {
  ground: string;
  environment: Record<string, string>;
  product: Product;
  session: Cookies;
}

let address = '';

/** What a browser says of a change that a page of the console asks for: without it, the console refuses. */
export function pageHeaders(): Record<string, string> {
  return { origin: address };
}

export const test = base.extend<OfTest, OfWorker>({
  // A file that names a ground of its own begins on a lake without files: Playwright starts another worker for it.
  ground: ['shared', { option: true, scope: 'worker' }],
  // What the console of that ground is told beside the usual.
  environment: [{}, { option: true, scope: 'worker' }],
  product: [
    async ({ ground, environment }, use, { parallelIndex }) => {
      const dataFolder = await mkdtemp(path.join(tmpdir(), `lacustre-e2e-${ground}-`));
      const { port, folder } = findSeed(parallelIndex);
      await cp(folder, dataFolder, { recursive: true });
      const lakePort = await freePort();
      const product = await startProduct({ port, lakePort, dataFolder, environment });
      address = `http://localhost:${port}`;
      await use({ url: address, lakePort, dataFolder, administrator });
      await stopProduct(product);
      await rm(dataFolder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ product }, use) => use(product.url),
  context: async ({ context }, use) => {
    // The picker that gives file handles is the browser's own window, which no test can answer; a file input's is.
    await context.addInitScript(() => Reflect.deleteProperty(window, 'showOpenFilePicker'));
    // The browser tells of what the Content-Security-Policy stopped in its console: no page of ours may try any of it.
    const violations: string[] = [];
    context.on('console', (message) => {
      if (/content security policy/i.test(message.text()))
        violations.push(`${message.page()?.url()}: ${message.text()}`);
    });
    await use(context);
    expect(violations, 'what the Content-Security-Policy stopped').toEqual([]);
  },
  // Signing in is what e2e/people.e2e.ts is about; everybody else comes with the session of the first sign-in.
  session: [
    async ({ browser, product }, use) => {
      const context = await browser.newContext({ baseURL: product.url, locale: 'en-GB' });
      await signIn(await context.newPage(), administrator.email, administrator.password);
      const cookies = await context.cookies();
      await context.close();
      await use(cookies);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  page: async ({ page }, use) => use(settling(page)),
  signedIn: async ({ page, context, session }, use) => {
    await context.addCookies(session);
    await use(page);
  },
  /** Fails on any accessibility fault of WCAG 2.2 AA that axe can find on the page as it is. */
  scan: async ({ page }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .options({ resultTypes: ['violations'] })
        // Without a second page for the results, which takes as long as the scan; only frames of other origins are left out.
        .setLegacyMode(true)
        .analyze();
      const faults = violations.map(
        ({ id, help, nodes }) => `${id}: ${help} – ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      );
      expect(faults, `accessibility of ${page.url()}`).toEqual([]);
    });
  },
});

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** The page, which is gone to only once it stands. */
function settling(page: Page): Page {
  const { goto, reload } = page;
  page.goto = async (...args) => {
    const response = await goto.apply(page, args);
    await settled(page);
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload.apply(page, args);
    await settled(page);
    return response;
  };
  return page;
}

/** What a page streams lies hidden in it until React has put it in its place: until then it would be there twice. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('div[hidden][id^="S:"]'));
}

interface Newcomer {
  name: string;
  email: string;
  role: 'administrator' | 'engineer' | 'analyst' | 'viewer';
  password: string;
}

/** The administrator's page invites somebody, who comes by the link; returns their page, signed in. */
export async function comeByInvitation(page: Page, browser: Browser, newcomer: Newcomer): Promise<Page> {
  await page.goto('/access');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(newcomer.email);
  await dialog.getByLabel('Role').selectOption(newcomer.role);
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const link = (await dialog.getByRole('code').textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  const context = await browser.newContext({ baseURL: new URL(link).origin, locale: 'en-GB' });
  const theirs = settling(await context.newPage());
  await theirs.goto(link);
  await theirs.getByLabel('Your name').fill(newcomer.name);
  await theirs.getByLabel('Password').fill(newcomer.password);
  await theirs.getByRole('button', { name: 'Begin' }).click();
  await expect(theirs.getByRole('navigation', { name: 'Main' })).toBeVisible();
  return theirs;
}
