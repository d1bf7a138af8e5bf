/** The catalog: a table is found, described by two at once, filled again, and everybody sees who may read it and why. */
import { BatchCreatePartitionCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, pageHeaders, test } from './fixtures.ts';

test.use({ ground: 'datasets' });
test.describe.configure({ mode: 'serial' });

const raw = 'lacustre-raw-000000000000-eu-west-3';
const processed = 'lacustre-processed-000000000000-eu-west-3';
const viewer = { name: 'Vic Viewer', email: 'vic@example.com', role: 'viewer', password: 'a word of his own' } as const;
const tabs = ['', '/partitions', '/runs', '/versions', '/queries', '/access'];

test('a table is found, described and filled again, and no word about it is lost', async ({
  signedIn: page,
  context,
  product,
  scan,
}) => {
  // Two runs of the pipeline, one after the other.
  test.setTimeout(150_000);
  await fill(product);
  await becomes(page, '/datasets?search=visits', () => page.getByRole('link', { name: 'visits', exact: true }));
  await expect(page.getByRole('link', { name: 'footfall' })).toHaveCount(0);

  await page.goto('/datasets');
  await page.getByLabel('Format').selectOption('csv');
  await expect(page).toHaveURL(/format=csv/);
  await expect(page.getByRole('status').filter({ hasText: '1 of 2' })).toBeVisible();
  await scan();
  await page.getByLabel('Format').selectOption('');
  await page.getByRole('button', { name: 'Rows' }).click();
  await expect(page.getByRole('columnheader', { name: 'Rows' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('link', { name: 'footfall' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'visits', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'retail.visits' })).toBeVisible();

  // Somebody else has the same form open.
  const other = await context.newPage();
  await other.goto('/datasets/visits');
  for (const each of [page, other]) await each.getByRole('button', { name: 'Edit', exact: true }).click();
  await fillIn(other, { Description: 'Every visit, all shops', Tags: 'shops, daily' });
  await expect(other.getByText('retail.visits')).toBeVisible();
  await expect(other.getByRole('dialog')).toBeHidden();
  await fillIn(page, { Description: 'Visits by day', Owner: 'Élodie Marchetti' }, { isLast: false });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Somebody has written meanwhile: Every visit, all shops')).toBeVisible();
  await scan();
  await dialog.getByLabel('Classification').selectOption('personal');
  await dialog.getByLabel('New rows').selectOption('24');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Visits by day · Owner: Élodie Marchetti')).toBeVisible();
  const banner = page.locator('main header');
  for (const text of ['Personal data', 'shops', 'daily'])
    await expect(banner.getByText(text, { exact: true })).toBeVisible();
  await expect(page.getByText('on time')).toBeVisible();
  await other.close();

  await page.getByRole('button', { name: 'Edit comments' }).click();
  await page.getByLabel('Comment of city').fill('where the shop is');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('cell', { name: 'where the shop is' })).toBeVisible();

  await put(product, raw, 'visits/b.csv', 'day,city,people\n2026-02-01,Lens,5\n2026-02-02,Lens,7\n');
  await becomes(page, '/datasets/visits', () => page.getByText('+2 since last load'));
  await expect(page.getByRole('cell', { name: 'where the shop is' })).toBeVisible();
  await expect(page.getByText('Visits by day · Owner: Élodie Marchetti')).toBeVisible();
  const edits = page.getByRole('region', { name: 'Edits' });
  await expect(edits.getByRole('listitem')).toHaveCount(3);
  await expect(edits.getByRole('deletion')).toHaveText('Every visit, all shops');
  await expect(page.getByRole('cell', { name: 'Lille' }).first()).toBeVisible();
});

test('its partitions, its queries and who may read it are a tab away', async ({ signedIn: page, scan }) => {
  // Twelve scans.
  test.setTimeout(150_000);
  await page.goto('/datasets/footfall');
  await page.getByRole('link', { name: 'Partitions' }).click();
  await expect(page.getByText('120 partitions')).toBeVisible();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('link', { name: 'First page' })).toBeVisible();
  await page.getByLabel('Condition').fill("day = '2026-02' AND store = 7");
  await page.getByRole('button', { name: 'Filter' }).click();
  const found = page.getByRole('row', { name: /2026-02 7/ });
  await expect(found).toContainText('1');
  await expect(found).toContainText('21 B');
  await expect(page.getByText('1 partition', { exact: true })).toBeVisible();
  await page.getByLabel('Condition').fill('moon = 1');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByRole('alert').getByText('This condition cannot be used')).toBeVisible();
  await expect(page.getByText('over the partition keys: day, store')).toBeVisible();

  const asked = { sql: 'SELECT count(*) AS visits_counted FROM visits' };
  expect((await page.request.post('/api/queries', { headers: pageHeaders(), data: asked })).ok()).toBe(true);
  await page.goto('/datasets/visits');
  await page.getByRole('link', { name: 'Queries' }).click();
  const statement = page.getByRole('row', { name: /visits_counted/ });
  await expect(statement).toContainText('admin@example.com');

  await page.getByRole('link', { name: 'Access', exact: true }).last().click();
  await expect(page.getByRole('row', { name: /Viewer yes SeeTables/ })).toBeVisible();
  await page.getByRole('button', { name: 'Why: Viewer' }).click();
  await page.getByText('By statement SeeTableDataRead').click();
  await expect(page.getByText('"Sid": "SeeTableDataRead"')).toBeVisible();
  await expect(page.getByRole('row', { name: /admin@example.com/ })).toContainText('query its rows');

  for (const look of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: look });
    await page.setViewportSize(look === 'light' ? { width: 1280, height: 800 } : { width: 390, height: 800 });
    for (const tab of tabs) {
      await page.goto(`/datasets/visits${tab}`);
      await expect(page.getByRole('navigation', { name: 'Views of this dataset' })).toBeVisible();
      await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
      await scan();
    }
  }
});

test('a viewer sees the table, their own way to it, and what they may not', async ({ signedIn: page, browser }) => {
  const theirs = await comeByInvitation(page, browser, viewer);
  await theirs.goto('/datasets');
  await expect(theirs.getByRole('link', { name: 'visits', exact: true })).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Crawler' })).toHaveCount(0);
  await theirs.goto('/datasets/visits');
  await expect(theirs.getByRole('cell', { name: 'Lille' }).first()).toBeVisible();
  await expect(theirs.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await theirs.goto('/datasets/visits/queries');
  await expect(theirs.getByText('does not hold the permission queries:read')).toBeVisible();
  await theirs.goto('/datasets/visits/access');
  await expect(theirs.getByRole('row', { name: /Viewer yes SeeTables/ })).toBeVisible();
  await expect(
    theirs.getByRole('group', { name: 'Roles' }).getByText('lacustre-viewer', { exact: true }),
  ).toBeVisible();
  await expect(theirs.getByRole('row', { name: /Administrator/ })).toHaveCount(0);
  await expect(theirs.getByRole('row', { name: /vic@example.com/ })).toContainText('query its rows');
  await theirs.context().close();
});

async function fillIn(page: Page, fields: Record<string, string>, { isLast = true } = {}): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
  await dialog.getByRole('button', { name: 'Save' }).click();
  if (isLast) await expect(dialog).toBeHidden();
}

/** Loads the page until it shows what the pipeline makes. */
async function becomes(page: Page, address: string, what: () => ReturnType<Page['getByText']>): Promise<void> {
  await expect(async () => {
    await page.goto(address);
    await expect(what()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
}

/** A file for the pipeline, and a table of a hundred and twenty partitions as a crawler would find it. */
async function fill(product: Product): Promise<void> {
  await put(product, raw, 'visits/a.csv', 'day,city,people\n2026-01-01,Lille,10\n2026-01-02,Lille,12\n');
  await put(product, processed, 'footfall/day=2026-02/store=7/a.csv', 'Lille,10\nLens,20\nX,1\n');
  const glue = new GlueClient({
    endpoint: `http://127.0.0.1:${product.lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(product.dataFolder),
  });
  const table = { DatabaseName: 'retail', TableName: 'footfall' };
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'retail',
      TableInput: {
        Name: 'footfall',
        TableType: 'EXTERNAL_TABLE',
        Parameters: { classification: 'csv', recordCount: '3', sizeKey: '21' },
        PartitionKeys: [
          { Name: 'day', Type: 'string' },
          { Name: 'store', Type: 'int' },
        ],
        StorageDescriptor: {
          Location: `s3://${processed}/footfall/`,
          InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          SerdeInfo: {
            SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
            Parameters: { 'field.delim': ',' },
          },
          Columns: [
            { Name: 'city', Type: 'string' },
            { Name: 'people', Type: 'int' },
          ],
        },
      },
    }),
  );
  const values = ['2026-01', '2026-02', '2026-03', '2026-04'].flatMap((day) =>
    Array.from({ length: 30 }, (_, store) => [day, String(store)]),
  );
  for (const from of [0, 60]) {
    const PartitionInputList = values.slice(from, from + 60).map(([day = '', store = '']) => ({
      Values: [day, store],
      StorageDescriptor: { Location: `s3://${processed}/footfall/day=${day}/store=${store}/` },
    }));
    await glue.send(new BatchCreatePartitionCommand({ ...table, PartitionInputList }));
  }
  glue.destroy();
}

async function put({ lakePort, dataFolder }: Product, Bucket: string, Key: string, Body: string): Promise<void> {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${lakePort}`,
    region: 'eu-west-3',
    forcePathStyle: true,
    credentials: await readLakeCredentials(dataFolder),
  });
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/csv' }));
  s3.destroy();
}
