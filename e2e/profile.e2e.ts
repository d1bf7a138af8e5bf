/** Somebody asks what a table holds, sees it made, and a new file later what has changed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

const sample = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, '../samples/data/retail', name), 'utf8');
const london = sample('sales_data_london.csv');

test.use({ ground: 'profile' });
test.describe.configure({ timeout: 240_000 });

/** A run of the pipeline, and a profile, take their time on a busy machine. */
const PATIENT = { timeout: 90_000 };
const figures = (page: Page) => page.getByRole('main');
const columns = (page: Page) => page.getByRole('table').first();

test('a table is profiled, changes, is profiled again, and the two are compared', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await upload(page);
  await page.goto('/datasets/sales/profile');
  await expect(page.getByRole('heading', { name: 'Not profiled yet' })).toBeVisible();
  await expect(page.getByText(/scans .* at most, \$/)).toBeVisible(PATIENT);
  await scan();

  await page.getByRole('button', { name: 'Profile now' }).click();
  await expect(page.getByRole('progressbar', { name: 'Profiling' })).toBeVisible(PATIENT);
  await expect(columns(page)).toBeVisible(PATIENT);
  await expect(figures(page).getByText('2,000', { exact: true }).first()).toBeVisible();
  const location = columns(page).getByRole('row').filter({ hasText: 'location' }).first();
  await expect(location).toContainText('0%');
  await expect(columns(page).getByRole('row').filter({ hasText: 'sale_id' }).first()).toContainText('2,000');

  // By the keyboard: what is behind a column, and the rows behind a value.
  await location.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Most frequent values' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Patterns' })).toBeVisible();
  await scan();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await scan();
  await page.getByRole('link', { name: 'Greenwich' }).click();
  await expect(page).toHaveURL(/\/sql/);
  await expect(page.locator('.cm-content').first()).toContainText(`"location" = 'Greenwich'`);

  await put(product, 'sales/paris.csv', sample('sales_data_paris.csv'));
  await page.goto('/datasets/sales/profile');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('The table has changed since this profile was made.')).toBeVisible({ timeout: 2_000 });
  }).toPass(PATIENT);
  await expect(page.getByText('2,000', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Profile again' }).click();
  await expect(figures(page).getByText('3,200', { exact: true }).first()).toBeVisible(PATIENT);
  await expect(page.getByText('The table has changed since this profile was made.')).toHaveCount(0);

  const picker = page.getByRole('combobox', { name: 'Compare with…' });
  await picker.selectOption({ index: 1 });
  await page.waitForURL(/from=/);
  await expect(page.getByText(/changed enough to be looked at/)).toBeVisible();
  const drifted = columns(page).getByRole('row').filter({ hasText: 'location' });
  await expect(drifted).toContainText('Changed');
  await expect(drifted).toContainText('New values:');
  await expect(figures(page).getByText('2,000 → 3,200')).toBeVisible();
  await scan();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await scan();
});

async function upload(page: Page): Promise<void> {
  await page.goto('/upload');
  await expect(async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 1_000 }),
      page.getByRole('button', { name: 'choose them' }).click(),
    ]);
    await chooser.setFiles({ name: 'sales_data_london.csv', mimeType: 'text/csv', buffer: Buffer.from(london) });
  }).toPass();
  await page.getByRole('button', { name: 'Keep the contract and send' }).click();
  await page.waitForURL(/\/runs\/.+/);
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible(PATIENT);
}

async function put({ lakePort, dataFolder }: Product, Key: string, Body: string): Promise<void> {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(dataFolder),
    forcePathStyle: true,
  });
  await s3.send(
    new PutObjectCommand({ Bucket: 'lacustre-raw-000000000000-eu-west-3', Key, Body, ContentType: 'text/csv' }),
  );
  s3.destroy();
}
