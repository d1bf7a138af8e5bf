/** Who did what: an administrator finds it with its outcome, takes it along, and is told what was forged behind the console's back. */
import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, signIn, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const vera = { name: 'Véra Audit', email: 'vera@example.com' };

test('what a viewer was refused is found, and the trail itself is not theirs to see', async ({
  signedIn: page,
  browser,
  product,
  scan,
}) => {
  const password = await addViewer(page);
  const theirs = await browser.newContext({ baseURL: product.url, locale: 'en-GB' });
  const viewer = await theirs.newPage();
  await signIn(viewer, vera.email, password);
  const refused = await viewer.request.post('/api/queries', {
    data: { sql: 'SELECT 1' },
    headers: { origin: product.url },
  });
  expect(refused.status()).toBe(403);
  await viewer.goto('/audit');
  await expect(viewer.getByRole('main')).toContainText('does not hold the permission audit:read');
  await theirs.close();

  await page.goto(`/audit?person=${encodeURIComponent(vera.email)}`);
  const trail = page.getByRole('group', { name: 'Events of the audit trail' });
  await expect(trail.getByRole('row', { name: /queries\.run.*Denied/ })).toBeVisible();
  await expect(trail.getByRole('row', { name: /account\.sign-in.*Done/ })).toBeVisible();
  await scan();
  await page.getByLabel('Outcome').selectOption('denied');
  await expect(page).toHaveURL(/outcome=denied/);
  await expect(trail.getByRole('row', { name: /account\.sign-in/ })).toBeHidden();
  await trail.getByRole('button', { name: 'queries.run' }).click();
  await expect(trail.getByRole('region', { name: 'All fields' })).toContainText('queries:run');
  await expect(trail.getByRole('link', { name: 'AWS calls around then' })).toHaveAttribute('href', /source=aws/);
  await scan();
});

test('what fits the filters is saved as a file, which is an event itself', async ({ signedIn: page }) => {
  await page.goto('/audit?action=people');
  await expect(page.getByRole('row', { name: new RegExp(`people\\.create.*${vera.email}`) })).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(text).toMatch(/^sequence,at,actorEmail/);
  expect(text).toContain(vera.email);
  expect(text).not.toContain('queries.run');
  await page.getByLabel('Area').selectOption('audit');
  await expect(page.getByRole('row', { name: /audit\.export/ })).toBeVisible();
});

test('the chain is whole until something is forged, which is named', async ({ signedIn: page, product, scan }) => {
  const { s3, Bucket, anchors } = await lakeOf(product);
  await expect.poll(anchors).not.toEqual([]);
  await page.goto('/audit/verification');
  const chain = page.getByRole('region', { name: 'Actions in the console' });
  await verify(page);
  await expect(chain).toContainText(/All \d+ events are whole/);
  await expect(chain).toContainText('of the chain that the lake keeps');
  await scan();
  const Key = `audit/console/000000000001-${'f'.repeat(64)}.json`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
  try {
    await verify(page);
    await expect(chain).toContainText(`What the lake keeps at ${Key} does not bear this console’s signature.`);
    await scan();
    // What was found last is kept for whoever looks next.
    await page.reload();
    await expect(chain).toContainText('Not whole');
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
});

async function verify(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Verify the console’s chain' });
  // Before the page is hydrated a click is lost.
  await expect(async () => {
    const answered = page.waitForResponse('**/api/audit/verification', { timeout: 5_000 });
    answered.catch(() => undefined);
    await button.click({ timeout: 2_000 });
    await (await answered).finished();
  }).toPass();
  await expect(button).toBeVisible();
}

async function addViewer(page: Page): Promise<string> {
  await page.goto('/access');
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    await page.getByRole('button', { name: 'Add a person' }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByLabel('Name').fill(vera.name);
  await dialog.getByLabel('E-mail').fill(vera.email);
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const code = page.getByRole('dialog').getByRole('code');
  await expect(code).toBeVisible();
  return (await code.textContent()) ?? '';
}

async function lakeOf({ lakePort, dataFolder }: Product) {
  const credentials = await readLakeCredentials(dataFolder);
  const endpoint = `http://127.0.0.1:${lakePort}`;
  const s3 = new S3Client({ endpoint, region: 'eu-west-3', credentials, forcePathStyle: true });
  const Bucket = 'lacustre-results-000000000000-eu-west-3';
  const anchors = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'audit/console/' }))).Contents ?? [];
  return { s3, Bucket, anchors };
}
