/** Odd files came into the lake by another way than the pipeline: a person sees what a crawl would make of them, and why. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

test.use({ ground: 'crawler' });
test.describe.configure({ timeout: 150_000 });

const odd = {
  'odd/2024/05/01/a.csv': 'Order ID,amount,code\n1,1.5,007\n2,N/A,008\n3,2.5,009\n',
  'odd/2024/05/02/b.csv': 'Order ID,amount,code\n4,3.5,010\n',
  'odd/2024/05/02/': '',
  'docs/picture.png': Buffer.from('89504e470d0a1a0a0000000d494844520000028000000190', 'hex'),
};

test('a dry run says why; its names are mended, accepted, queried and pinned, and a crawl leaves them', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await put(product);
  // What its page was called, for old links.
  await page.goto('/datasets/crawler?zone=processed');
  await page.waitForURL('/crawlers?zone=processed');
  await expect(page.getByRole('cell', { name: /^lacustre-processed/ })).toBeVisible();
  await scan();

  await page.getByLabel('Folder').fill('odd');
  const held = Promise.withResolvers<void>();
  await page.route('/api/crawlers/plan', async (route) => {
    await held.promise;
    await route.continue().catch(() => undefined);
  });
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Looking at the files' })).toBeVisible();
  await scan();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('Nothing is read any more', { exact: false })).toBeVisible();
  held.resolve();
  await page.unroute('/api/crawlers/plan');
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('heading', { name: 'odd', exact: true })).toBeVisible();
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  await expect(row('amount')).toContainText('Row 2 of a.csv is “N/A”, so it is text: double but for 1 value.');
  await expect(row('partition_0')).toContainText('Dated folders such as 2024');
  await page.getByText('Why this table, and its name').click();
  await expect(page.getByText('The first row is a header', { exact: false })).toBeVisible();
  await scan();

  await row('code').getByRole('button', { name: 'Use string' }).click();
  await page.getByRole('button', { name: /^Edit/ }).click();
  await page.getByLabel('Name of the table').fill('Odd Orders');
  await page.getByLabel('Name of order id').fill('order_id');
  await page.getByRole('button', { name: /^Accept/ }).click();
  await expect(page.getByText('Use lower-case letters, digits and “_”')).toBeVisible();
  await scan();
  await page.getByLabel('Name of the table').fill('odd_orders');
  await page.getByRole('button', { name: /^Accept/ }).click();
  await expect(page.getByText('odd_orders is in the catalog').first()).toBeVisible();
  await page.getByRole('button', { name: 'Query it' }).click();
  await page.waitForURL(/\/sql/);
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByRole('gridcell', { name: 'N/A' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('gridcell', { name: '007' })).toBeVisible();

  await page.goto('/crawlers?crawler=lacustre-processed');
  await expect(page.getByRole('heading', { name: 'odd_orders' })).toBeVisible();
  await expect(page.getByText('was string')).toBeVisible();
  await page.getByRole('button', { name: /^Pin/ }).click();
  await expect(page.getByText('Pinned', { exact: true })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'docs/picture.png' })).toContainText('640 × 400 px');
  await scan();
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('cell', { name: /Succeeded/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'odd_orders' })).toBeVisible();
  await expect(page.getByText('was string')).toBeVisible();
});

test('a dataset called crawler has its own page', async ({ signedIn: page, product }) => {
  await put(product, { 'crawler/a.csv': 'id,amount\n1,1.5\n' }, 'raw');
  // Until the pipeline has made it there is none, and the address is the old one of the crawlers' page.
  await expect(async () => {
    await page.goto('/datasets/crawler');
    expect(new URL(page.url()).pathname).toBe('/datasets/crawler');
  }).toPass({ timeout: 90_000 });
  await expect(page.getByRole('heading', { name: 'crawler' }).first()).toBeVisible();
});

async function put(
  { lakePort, dataFolder }: Product,
  files: Record<string, string | Buffer> = odd,
  zone = 'processed',
): Promise<void> {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(dataFolder),
    forcePathStyle: true,
  });
  for (const [Key, Body] of Object.entries(files))
    await s3.send(new PutObjectCommand({ Bucket: `lacustre-${zone}-000000000000-eu-west-3`, Key, Body }));
  s3.destroy();
}
