/** The story: a file dropped in the browser becomes a table that can be queried; a bad one is rejected with its reasons. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AthenaClient, CreateNamedQueryCommand } from '@aws-sdk/client-athena';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, test } from './fixtures.ts';

const samples = path.resolve(import.meta.dirname, '../samples/data/retail');

test.use({ ground: 'story' });
// A slow, loaded machine takes its time over a whole story.
test.describe.configure({ mode: 'serial', timeout: 150_000 });

test('a dropped file becomes a table with the right numbers', async ({ signedIn: page, scan }) => {
  await page.goto('/upload');
  await scan();
  await dropFile(page, 'sales_data_london.csv');
  await expect(page.getByText('sales has no contract yet')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'total_sales' })).toBeVisible();
  await scan();
  await page.getByRole('button', { name: 'Keep the contract and send' }).click();

  await page.waitForURL(/\/runs\/.+/);
  // The run's own state, and not a step's.
  await expect(page.locator('.pill').filter({ hasText: 'Succeeded' })).toBeVisible({ timeout: 60_000 });
  for (const state of ['Validate', 'Verdict', 'Transform', 'Catalog', 'Quality', 'Done']) {
    await expect(page.getByText(state, { exact: true }).first()).toBeVisible();
  }
  await scan();

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Datasets' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Datasets' })).toBeVisible();
  await page.getByRole('link', { name: 'sales', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'sales' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Islington' }).first()).toBeVisible();
  await scan();

  await page.goto('/sql');
  await query(page, 'SELECT location, total_sales FROM sales_by_location ORDER BY 2 DESC');
  const expected = totalsByLocation('sales_data_london.csv');
  for (const [location, total] of expected) {
    await expect(page.getByRole('row', { name: `${location} ${total}` })).toBeVisible();
  }
  await scan();
});

test('a file of another schema is rejected with its reasons, and no table changes', async ({
  signedIn: page,
  scan,
}) => {
  await page.goto('/sql');
  const before = await countSales(page);

  await page.goto('/upload');
  await dropFile(page, 'sales_data_london_different_schema.csv');
  await page.getByRole('button', { name: 'Send it anyway' }).click();
  await page.waitForURL(/\/runs\/.+/);
  await expect(page.getByRole('main').getByText('Rejected').first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Total_Sales');
  await expect(page.getByRole('main')).toContainText('lacustre-quarantine-');
  await scan();

  await page.goto('/sql');
  expect(await countSales(page)).toBe(before);
});

test('the lineage tells what the table is made of, what reads it, and which run failed', async ({
  signedIn: page,
  product,
  scan,
}) => {
  const athena = new AthenaClient({
    endpoint: `http://localhost:${product.lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(product.dataFolder),
  });
  const QueryString = 'SELECT location, sum(total_sales) FROM sales GROUP BY location';
  await athena.send(
    new CreateNamedQueryCommand({ Name: 'takings', Database: 'retail', WorkGroup: 'lacustre', QueryString }),
  );
  athena.destroy();

  await page.goto('/datasets/sales_by_location/lineage');
  const drawing = page.getByRole('group', { name: 'Drawing of the lineage' });
  for (const name of [/^sales\/ 1 file/, /^sales Rejected/, /^sales \d/, /^sales_by_location/, /^takings/]) {
    await expect(drawing.getByRole('button', { name })).toBeVisible();
  }
  const total = page
    .getByRole('region', { name: 'Columns of sales_by_location' })
    .getByRole('row', { name: /^total_sales/ });
  await expect(total).toContainText('aggregated');
  await scan();
  await total.getByRole('button', { name: 'sales' }).click();
  await expect(page.getByRole('region', { name: 'Columns of sales', exact: true })).toContainText('Total_Sales');

  const runs = page.getByRole('region', { name: 'Last runs' });
  await expect(runs.getByRole('row', { name: /Rejected.*different_schema/ })).toContainText(
    '“location” (text) is missing',
  );
  const events = await page.request.get('/api/datasets/sales/lineage');
  const types = (await events.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).eventType);
  expect(types).toEqual(['START', 'COMPLETE', 'START', 'FAIL']);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await scan();
});

/** Chooses a sample as a person would; the button answers once the page has come alive. */
async function dropFile(page: Page, name: string): Promise<void> {
  await expect(async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 1_000 }),
      page.getByRole('button', { name: 'choose them' }).click(),
    ]);
    await chooser.setFiles(path.join(samples, name));
  }).toPass();
}

async function query(page: Page, sql: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'SQL editor' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible();
}

async function countSales(page: Page): Promise<string> {
  await query(page, 'SELECT count(*) AS how_many FROM sales');
  return (await page.getByRole('gridcell').or(page.getByRole('cell')).last().textContent()) ?? '';
}

/** Location and its total as the grid writes it, summed from the file itself in whole pence. */
function totalsByLocation(file: string): [string, string][] {
  const [header = '', ...lines] = readFileSync(path.join(samples, file), 'utf8').trim().split('\n');
  const names = header.split(',');
  const pence = new Map<string, number>();
  for (const line of lines) {
    const fields = line.split(',');
    const location = fields[names.indexOf('location')] ?? '';
    pence.set(location, (pence.get(location) ?? 0) + Math.round(Number(fields[names.indexOf('Total_Sales')]) * 100));
  }
  const pounds = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 });
  return [...pence].map(([location, sum]) => [location, pounds.format(sum / 100)]);
}
