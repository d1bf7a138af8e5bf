/** Somebody overwrote a file, deleted it, and wants yesterday back: nothing that was ever written is lost on the way. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, pageHeaders, test } from './fixtures.ts';

const name = 'sales_data_london.csv';
const key = `sales/${name}`;
const original = readFileSync(path.resolve(import.meta.dirname, '../samples/data/retail', name), 'utf8');
const [header = '', first = '', second = '', ...others] = original.trimEnd().split('\n');
/** One row less, one changed, one more. */
const overwritten = `${[header, cheaper(second), ...others, added(second)].join('\n')}\n`;
/** Two shapes that break the contract, the second with a column more and a row changed. */
const broken = 'id,price\n1,2.50\n2,3.00\n';
const brokenAgain = 'id,price,colour\n1,2.50,red\n2,3.50,blue\n';
/** Everything that is ever written, by zone: it must all still be there at the end. */
const written: string[] = [original, overwritten];

const number = (value: number) => new Intl.NumberFormat('en-GB').format(value);
const allRows = number(others.length + 2);

test.use({ ground: 'versions' });
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** A run of the pipeline takes its time on a busy machine. */
const RUN = { timeout: 45_000 };

const filePage = (zone: string, fileKey = key) => `/files/file?${new URLSearchParams({ zone, key: fileKey })}`;
const timeline = (page: Page) => page.getByRole('table').first();
const rowOf = (page: Page, text: string | RegExp) => timeline(page).getByRole('row').filter({ hasText: text });

test('a file that was overwritten has both versions, who wrote each, and their runs', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await upload(page);
  await put(product, overwritten);
  await page.goto(filePage('raw'));
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await settled(page, 2);
  const [current, before] = [rowOf(page, 'current'), rowOf(page, product.administrator.email)];
  await expect(current).toContainText('outside the console');
  await expect(current).toContainText('PutObject');
  await expect(before).toContainText('Succeeded');
  await expect(before).toContainText(`${allRows} rows`);
  await scan();
  await before.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: /^Version of/ })).toBeVisible();
  await expect(page.getByText('Accepted')).toBeVisible();
  await expect(page.getByRole('link', { name: 'sales_by_location' })).toBeVisible();
  await expect(page.getByText('ETag')).toBeVisible();
  const saved = await page.getByRole('link', { name: 'Download' }).last().getAttribute('href');
  expect(await (await page.request.get(saved ?? '')).text()).toBe(original);
  await scan();
  await everyLinkResolves(page);
});

test('two versions are compared, by the keyboard', async ({ signedIn: page, scan }) => {
  await page.goto(filePage('raw'));
  const boxes = timeline(page).getByRole('checkbox');
  await expect(boxes).toHaveCount(2);
  for (const index of [0, 1]) {
    await boxes.nth(index).focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: /^Compare$/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/files\/compare/);
  for (const [label, count] of Object.entries({ Changed: 1, Added: 1, Removed: 1, Unchanged: others.length })) {
    const figure = page.locator('dl > div').filter({ hasText: new RegExp(`^. ${label}`) });
    await expect(figure.locator('dd')).toHaveText(number(count));
  }
  await expect(page.getByText('Both versions have the same columns')).toBeVisible();
  await scan();
  await page.getByRole('tab', { name: /^Removed/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('cell', { name: first.split(',')[0] ?? '' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(page.getByRole('tab', { name: /^Added/ })).toBeVisible();
  await page.getByRole('button', { name: 'Compare as text' }).click();
  await expect(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
  await scan();
});

test('yesterday’s version is restored after what changes was listed, and that can be undone', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await page.goto(filePage('raw'));
  await rowOf(page, product.administrator.email)
    .getByRole('button', { name: /^Restore/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('link', { name: 'sales_by_location' })).toBeVisible();
  await expect(dialog).toContainText(`${allRows} → ${allRows}`);
  await scan();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'Restored' });
  await expect(notice).toContainText('Succeeded', RUN);
  await expect(rowOf(page, 'Restored from an earlier version')).toContainText('current');
  await scan();
  expect(await read(product)).toBe(original);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toContainText('Succeeded', RUN);
  expect(await read(product)).toBe(overwritten);
});

test('a deleted file says who deleted it, and comes back by one click', async ({ signedIn: page, product, scan }) => {
  await page.goto(filePage('raw'));
  const body = { zone: 'raw', files: [{ key, versionId: null }] };
  expect(
    await (await page.request.post('/api/files/restore', { headers: pageHeaders(), data: body })).json(),
  ).toMatchObject([{ outcome: 'deleted' }]);
  await page.reload();
  await expect(page.getByRole('heading', { name: `Deleted by ${product.administrator.email}` })).toBeVisible();
  await expect(page.getByRole('link', { name: 'sales_by_location' })).toBeVisible();
  await scan();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Restored' })).toContainText('Succeeded', RUN);
  await expect(page.getByRole('button', { name: 'Bring back' })).toBeHidden();
  expect(await read(product)).toBe(overwritten);
});

test('the pipeline runs again on the file as it is', async ({ signedIn: page }) => {
  await page.goto(filePage('raw'));
  await expect(timeline(page)).toBeVisible();
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('button', { name: 'See the run' }).click();
  await page.waitForURL(/\/runs\/.+/);
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible(RUN);
  await expect(page.getByRole('link', { name: 'sales_by_location' })).toBeVisible();
  await page.getByRole('link', { name: key }).click();
  await page.waitForURL(/\/files\/file/);
  await expect(page.getByRole('heading', { name: /^Version of/ })).toBeVisible();
});

test('a rejected version keeps its verdict, and both of them can be compared in quarantine', async ({
  signedIn: page,
  product,
  scan,
}) => {
  for (const content of [broken, brokenAgain]) {
    written.push(content);
    await put(product, content);
    await moved(product, content);
  }
  await page.goto(filePage('raw'));
  const rejected = rowOf(page, 'Rejected, now in quarantine');
  await expect(rejected).toHaveCount(2);
  await rejected.first().getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Problems' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'colour' })).toBeVisible();
  await scan();
  await everyLinkResolves(page);

  await page.goto(filePage('quarantine'));
  await expect(timeline(page)).toContainText('The pipeline');
  await scan();
  await everyLinkResolves(page);
  await page.goto(`/files/compare?${new URLSearchParams({ zone: 'quarantine', key })}`);
  await expect(page.getByRole('cell', { name: /colour/ })).toBeVisible();
  await expect(page.getByText('added, string')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Changed 1' })).toBeVisible();
  await expect(page.getByRole('cell', { name: /3\.00.*3\.50/ })).toBeVisible();
  await scan();
});

test('the tables’ own files tell which file their rows are of', async ({ signedIn: page, scan }) => {
  await page.goto(filePage('processed', `${key}/part-00000.parquet`));
  await expect(timeline(page)).toContainText('The pipeline');
  await scan();
  await everyLinkResolves(page);
});

test('a long history is shown a page at a time', async ({ signedIn: page, product }) => {
  const s3 = await client(product);
  for (let version = 1; version <= 53; version++) {
    await s3.send(new PutObjectCommand({ Bucket: bucket('quarantine'), Key: 'notes/long.txt', Body: `${version}\n` }));
  }
  await page.goto(filePage('quarantine', 'notes/long.txt'));
  await expect(timeline(page).getByRole('checkbox')).toHaveCount(50);
  await page.getByRole('link', { name: 'Older versions' }).click();
  await expect(timeline(page).getByRole('checkbox')).toHaveCount(3);
  await expect(page.getByText('Current version:')).toBeVisible();
});

test('every version that was ever written still has its bytes', async ({ product }) => {
  const kept = [...(await contents(product, 'raw')), ...(await contents(product, 'quarantine'))];
  for (const content of written) expect(kept.filter((each) => each === content).length).toBeGreaterThan(0);
  // As they came, restored, undone and brought back.
  expect(kept.filter((each) => each === original)).toHaveLength(2);
  expect(kept.filter((each) => each === overwritten)).toHaveLength(3);
});

function cheaper(row: string): string {
  const fields = row.split(',');
  fields[header.split(',').indexOf('Total_Sales')] = '0.01';
  return fields.join(',');
}

function added(row: string): string {
  const fields = row.split(',');
  fields[0] = '999999';
  return fields.join(',');
}

async function upload(page: Page): Promise<void> {
  await page.goto('/upload');
  await expect(async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 1_000 }),
      page.getByRole('button', { name: 'choose them' }).click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(original) });
  }).toPass();
  await page.getByRole('button', { name: 'Keep the contract and send' }).click();
  await page.waitForURL(/\/runs\/.+/);
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible(RUN);
}

/** Waits until so many runs of the timeline are over; the page sees to it by itself. */
async function settled(page: Page, runs: number): Promise<void> {
  await expect(timeline(page).getByText('Succeeded')).toHaveCount(runs, RUN);
}

async function client({ lakePort, dataFolder }: Product): Promise<S3Client> {
  return new S3Client({
    endpoint: `http://127.0.0.1:${lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(dataFolder),
    forcePathStyle: true,
  });
}

const bucket = (zone: string) => `lacustre-${zone}-000000000000-eu-west-3`;

async function put(product: Product, Body: string, more: Partial<PutObjectCommandInput> = {}): Promise<void> {
  const s3 = await client(product);
  await s3.send(new PutObjectCommand({ Bucket: bucket('raw'), Key: key, Body, ContentType: 'text/csv', ...more }));
}

async function read(product: Product): Promise<string | undefined> {
  const s3 = await client(product);
  return (await s3.send(new GetObjectCommand({ Bucket: bucket('raw'), Key: key }))).Body?.transformToString();
}

/** The bytes of every version of the file in a zone. */
async function contents(product: Product, zone: string): Promise<(string | undefined)[]> {
  const s3 = await client(product);
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket(zone), Prefix: key }));
  const own = Versions.filter((version) => version.Key === key);
  return Promise.all(
    own.map(async ({ VersionId }) => {
      const object = new GetObjectCommand({ Bucket: bucket(zone), Key: key, VersionId });
      return (await s3.send(object)).Body?.transformToString();
    }),
  );
}

/** A version that goes between the list and its read is looked for anew. */
async function moved(product: Product, content: string): Promise<void> {
  await expect(async () => {
    expect(await contents(product, 'quarantine')).toContain(content);
    expect(await contents(product, 'raw')).not.toContain(content);
  }).toPass(RUN);
}

/** Follows every link of the page, downloads too. */
async function everyLinkResolves(page: Page): Promise<void> {
  const links = await page.getByRole('main').getByRole('link').all();
  const addresses = new Set(await Promise.all(links.map((link) => link.getAttribute('href'))));
  expect(addresses.size).toBeGreaterThan(2);
  for (const address of addresses) {
    if (!address?.startsWith('/')) continue;
    const response = await page.request.get(address);
    expect(response.status(), address).toBe(200);
    expect(await response.text(), address).not.toContain('NEXT_HTTP_ERROR_FALLBACK;404');
  }
}
