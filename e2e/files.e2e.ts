/** The files page: find, look into, take along and change files, and undo each change without a byte being lost. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, pageHeaders, test } from './fixtures.ts';

test.use({ ground: 'files' });
test.describe.configure({ mode: 'serial' });

const samples = path.resolve(import.meta.dirname, '../samples/data');
const bucketOf = (zone: string) => `lacustre-${zone}-000000000000-eu-west-3`;
const raw = bucketOf('raw');
const quarantine = bucketOf('quarantine');
let s3: S3Client;

test.beforeAll(async ({ product }) => {
  s3 = await lakeClient(product);
  const given = [
    ['papers/terms.pdf', 'documents/supplier_terms.pdf'],
    ['papers/note.txt', 'documents/delivery_note.txt'],
    ['papers/mug.png', 'images/mug.png'],
    ['papers/sub/stock.md', 'documents/stock_take.md'],
    ['shop/paris.csv', 'retail/sales_data_paris.csv'],
    ['goods/products.json', 'retail/products.json'],
    ['clients/customers.ndjson', 'retail/customers.ndjson'],
    ['visits/access.log', 'web/access.log'],
  ] as const;
  for (const [key, sample] of given) await put(key, readFileSync(path.join(samples, sample)));
  await put('papers/packed.csv.gz', gzipSync('name;city\nÉlodie;Nîmes\n'));
  // What the pipeline would take out of the raw zone anyway.
  await put('papers/broken.csv', Buffer.from([1, 2, 0, 255, 0, 7]), quarantine);
  await put('papers/empty.txt', '', quarantine);
  await put('papers/page.html', '<h1>x</h1><script>document.title="taken"</script>');
  await put(
    'papers/draw.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="20" /></svg>',
  );
  await put('papers/app.bin', Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256)));
});

test('folders lead down and the path leads up; names are found by how they begin', async ({ signedIn: page, scan }) => {
  await page.goto('/files');
  await page.getByRole('link', { name: 'papers/', exact: true }).click();
  await expect(page.getByRole('link', { name: 'note.txt', exact: true })).toHaveAttribute(
    'href',
    '/files/file?zone=raw&key=papers%2Fnote.txt',
  );
  await expect(page.getByRole('link', { name: 'sub/', exact: true })).toBeVisible();
  await scan();
  await page.getByRole('searchbox', { name: 'Names beginning with' }).fill('sub/st');
  await expect(page.getByRole('link', { name: 'sub/stock.md', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'note.txt', exact: true })).toBeHidden();
  await expect(page).toHaveURL(/search=sub%2Fst/);
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByRole('main')).toContainText('No name here begins with “papers/nothing like it”.');
  await scan();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await page.getByRole('link', { name: raw, exact: true }).click();
  await expect(page.getByRole('link', { name: 'shop/', exact: true })).toBeVisible();
});

test('odd names are shown as they are', async ({ signedIn: page, scan }) => {
  const long = `${'very long name '.repeat(12)}.txt`;
  const odd = ['odd//inside', 'odd/', 'odd/ two  spaces ', 'odd/日本語 ünï.csv', 'odd/a&b+c%20.txt', `odd/${long}`];
  // In quarantine no file starts a run, which would take some of these away.
  for (const key of odd) await put(key, 'x', quarantine);
  await page.goto('/files?zone=quarantine&prefix=odd%2F');
  await expect(page.getByRole('link', { name: '(the folder itself)', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '日本語 ünï.csv', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'a&b+c%20.txt', exact: true })).toBeVisible();
  await scan();
  await page.setViewportSize({ width: 390, height: 844 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await scan();
  await page.getByRole('link', { name: '(no name)/', exact: true }).click();
  await expect(page.getByRole('link', { name: 'inside', exact: true })).toBeVisible();
});

test('a large folder goes forward, and back the same way', async ({ signedIn: page }) => {
  const names = Array.from({ length: 450 }, (_, index) => `many/${String(index).padStart(4, '0')}.txt`);
  for (let at = 0; at < names.length; at += 50) {
    await Promise.all(names.slice(at, at + 50).map((key) => put(key, key, quarantine)));
  }
  await page.goto('/files?zone=quarantine&prefix=many%2F');
  await page.getByRole('link', { name: 'Next files' }).click();
  await expect(page.getByRole('link', { name: '0200.txt', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Next files' }).click();
  await expect(page.getByRole('link', { name: '0449.txt', exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('link', { name: 'Previous files' }).click();
  await expect(page.getByRole('link', { name: '0200.txt', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'First files' }).click();
  await expect(page.getByRole('link', { name: '0000.txt', exact: true })).toBeVisible();
});

test('each kind of file is shown beside the list', async ({ signedIn: page, scan }) => {
  await page.goto('/files?zone=raw&prefix=papers%2F');
  const panel = page.getByRole('region', { name: 'Preview' });
  await preview(page, 'packed.csv.gz');
  await expect(panel.getByRole('cell', { name: 'Nîmes' })).toBeVisible();
  await expect(panel).toContainText('semicolons');
  await scan();
  await preview(page, 'app.bin');
  await expect(panel).toContainText('No preview');
  await preview(page, 'page.html');
  await expect(panel).toContainText('<script>document.title="taken"</script>');
  await expect(page).toHaveTitle(/Files/);
  await preview(page, 'mug.png');
  await expectPicture(page, 'mug.png');
  await scan();
  await preview(page, 'draw.svg');
  await expectPicture(page, 'draw.svg');
  await preview(page, 'terms.pdf');
  const address = await panel.getByTitle('terms.pdf').getAttribute('src');
  const answer = await page.request.get(address ?? '');
  expect(answer.headers()).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': 'inline' });
  await preview(page, 'note.txt');
  await expect(panel).toContainText('Delivery', { ignoreCase: true });
  await scan();

  await page.goto('/files?zone=quarantine&prefix=papers%2F');
  await preview(page, 'broken.csv');
  await expect(panel).toContainText('The file is named as CSV but holds binary data');
  await preview(page, 'empty.txt');
  await expect(panel).toContainText('The file is empty');
  for (const [prefix, name, text] of [
    ['shop/', 'paris.csv', 'the first 100 rows'],
    ['goods/', 'products.json', '"product_id"'],
    ['clients/', 'customers.ndjson', '"customer_id"'],
    ['visits/', 'access.log', 'GET '],
  ] as const) {
    await page.goto(`/files?zone=raw&prefix=${encodeURIComponent(prefix)}`);
    await preview(page, name);
    await expect(panel).toContainText(text);
  }
});

test('a table’s Parquet shows its columns, its number of rows and the first of them', async ({
  signedIn: page,
  scan,
}) => {
  const processed = bucketOf('processed');
  let key = '';
  await expect(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: processed, Prefix: 'shop/' }));
    key = Contents.find(({ Key }) => Key?.endsWith('.parquet'))?.Key ?? '';
    expect(key).not.toBe('');
  }).toPass({ timeout: 40_000 });
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  await page.goto(`/files?zone=processed&prefix=${encodeURIComponent(folder)}`);
  await expect(page.getByRole('main')).toContainText('read-only here');
  const name = key.slice(folder.length);
  await preview(page, name);
  const panel = page.getByRole('region', { name: 'Preview' });
  await expect(panel.getByRole('columnheader', { name: 'total_sales decimal' })).toBeVisible();
  await expect(panel).toContainText(/\d+ rows · \d+ columns · the first 100 rows/);
  await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await expect(page.getByRole('button', { name: 'Copy to…' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeHidden();
  await scan();
});

test('one file is saved as it is, and many as one archive', async ({ signedIn: page }) => {
  await page.goto('/files?zone=raw&prefix=papers%2F');
  const [single] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download note.txt', exact: true }).click(),
  ]);
  expect(single.suggestedFilename()).toBe('note.txt');
  await choose(page, 'note.txt', 'sub/');
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as zip' }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe('papers.zip');
  const bytes = readFileSync(await archive.path());
  expect(bytes.includes('sub/stock.md')).toBe(true);
  expect(bytes.includes(readFileSync(path.join(samples, 'documents/stock_take.md')))).toBe(true);
});

test('a copy over a file is announced, and undone to the version before', async ({ signedIn: page, scan }) => {
  await put('papers/copied/note.txt', 'what was there');
  await page.goto('/files?zone=raw&prefix=papers%2F');
  await choose(page, 'note.txt', 'mug.png');
  await page.getByRole('button', { name: 'Copy to…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy to a folder of the raw zone' });
  await dialog.getByLabel('Folder').fill('Not A Dataset');
  await expect(dialog.getByRole('alert')).toContainText('The first folder is a dataset');
  await scan();
  await dialog.getByLabel('Folder').fill('papers/copied');
  await expect(dialog).toContainText('1 of these exists already and gets a new version');
  await scan();
  await dialog.getByRole('button', { name: 'Copy 2 files' }).click();
  await expect(notice(page, '2 files copied')).toBeVisible();
  expect(await text('papers/copied/note.txt')).toBe(await text('papers/note.txt'));
  await undoNow(page, '2 files copied', 2);
  expect(await text('papers/copied/note.txt')).toBe('what was there');
  expect(await current('papers/copied/')).toEqual(['papers/copied/note.txt']);
  expect(await bodies('papers/copied/note.txt')).toEqual([
    'what was there',
    await text('papers/note.txt'),
    'what was there',
  ]);
});

test('a move and a rename are undone, with every version still there', async ({ signedIn: page, scan }) => {
  await put('papers/moving.txt', 'first');
  await put('papers/moving.txt', 'second');
  await page.goto('/files?zone=raw&prefix=papers%2F');
  await choose(page, 'moving.txt');
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('dialog').getByLabel('Folder').fill('papers/moved');
  await scan();
  await page.getByRole('dialog').getByRole('button', { name: 'Move 1 file' }).click();
  await expect(notice(page, '1 file moved')).toBeVisible();
  expect(await text('papers/moving.txt')).toBeUndefined();
  expect(await text('papers/moved/moving.txt')).toBe('second');
  await undoNow(page, '1 file moved', 2);
  expect(await text('papers/moving.txt')).toBe('second');
  expect(await text('papers/moved/moving.txt')).toBeUndefined();
  expect(await bodies('papers/moving.txt')).toEqual(['second', 'second', 'first']);
  expect(await bodies('papers/moved/moving.txt')).toEqual(['second']);

  await page.goto('/files?zone=raw&prefix=papers%2F');
  await choose(page, 'sub/');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('New name').fill('renamed');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename 1 file' }).click();
  await expect(page.getByRole('link', { name: 'renamed/', exact: true })).toBeVisible();
  await undoNow(page, '1 file moved', 2);
  await expect(page.getByRole('link', { name: 'sub/', exact: true })).toBeVisible();
  expect(await current('papers/renamed/')).toEqual([]);
});

test('before files of a table are deleted it is said which tables lose rows', async ({ signedIn: page, scan }) => {
  await page.goto('/files');
  await choose(page, 'shop/');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete?' });
  await expect(dialog).toContainText('Rows leave these tables');
  await expect(dialog).toContainText('shop, of the dataset shop');
  await scan();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await current('shop/')).toEqual(['shop/paris.csv']);
});

test('many are deleted, and brought back from the list of changes after a reload', async ({ signedIn: page, scan }) => {
  test.setTimeout(180_000);
  await page.goto('/files?zone=quarantine');
  await choose(page, 'many/');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete?' });
  await expect(dialog).toContainText('450 files');
  await dialog.getByRole('button', { name: 'Delete 450 files' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await expect(notice(page, '450 files deleted')).toBeVisible({ timeout: 60_000 });
  expect(await current('many/', quarantine)).toEqual([]);
  // Somebody writes one anew before the undo: it stays theirs.
  await put('many/0007.txt', 'newer', quarantine);
  await page.reload();
  await page
    .getByRole('row', { name: /450 files deleted/ })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(page.getByRole('dialog', { name: '1 file was left as it is' })).toContainText('many/0007.txt', {
    timeout: 60_000,
  });
  await scan();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('row', { name: /450 files deleted/ })).toContainText('undone');
  expect(await current('many/', quarantine)).toHaveLength(450);
  expect(await text('many/0007.txt', undefined, quarantine)).toBe('newer');
  expect(await bodies('many/0007.txt', quarantine)).toEqual(['newer', 'many/0007.txt']);
  expect(await bodies('many/0008.txt', quarantine)).toEqual(['many/0008.txt', 'many/0008.txt']);
});

test('a deleted file is found among the deleted, and comes back by one press', async ({ signedIn: page, scan }) => {
  await page.goto('/files?zone=raw&prefix=papers%2F');
  await choose(page, 'page.html');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 file' }).click();
  await expect(notice(page, '1 file deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Deleted' }).click();
  await expect(page).toHaveURL(/deleted=yes/);
  await scan();
  await page.getByRole('button', { name: 'Bring page.html back' }).click();
  await expect(notice(page, 'page.html is back')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Bring page.html back' })).toBeHidden();
  expect(await text('papers/page.html')).toContain('<script>');
});

test('the keyboard alone goes through the list, chooses and looks', async ({ signedIn: page }) => {
  await page.goto('/files?zone=raw&prefix=papers%2F');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-main]').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.locator('[data-main]').last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar')).toContainText('3 selected');
  await page.keyboard.press('End');
  await page.keyboard.press('p');
  const panel = page.getByRole('region', { name: 'Preview' });
  await expect(panel.getByRole('heading')).toHaveText('terms.pdf');
  await page.keyboard.press('ArrowUp');
  await expect(panel.getByRole('heading')).toHaveText('page.html');
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await expect(page.getByRole('toolbar')).toBeHidden();
  await page.getByRole('checkbox', { name: 'Select app.bin' }).click();
  await page.getByRole('checkbox', { name: 'Select note.txt' }).click({ modifiers: ['Shift'] });
  await expect(page.getByRole('toolbar')).toContainText('5 selected');
});

test('empty zones say what will be there, and everything holds in the dark and on a phone', async ({
  signedIn: page,
  scan,
}) => {
  await page.goto('/files?zone=raw&prefix=nowhere%2F');
  await expect(page.getByRole('heading', { name: 'This folder is empty' })).toBeVisible();
  await scan();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await scan();
  await page.goto('/files?zone=raw&prefix=papers%2F');
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await preview(page, 'packed.csv.gz');
  await scan();
  await choose(page, 'note.txt');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('1 file');
  await scan();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Close the preview' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await preview(page, 'note.txt');
  const drawer = page.getByRole('dialog', { name: 'note.txt' });
  await expect(drawer).toContainText('Delivery', { ignoreCase: true });
  expect((await drawer.boundingBox())?.width).toBe(390);
  await scan();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('a viewer is told that files are not theirs to see', async ({ signedIn: page, browser, scan }) => {
  const vera = { name: 'Vera', email: 'vera@example.com', role: 'viewer', password: 'a word of her own' } as const;
  const theirs = await comeByInvitation(page, browser, vera);
  await theirs.goto('/files');
  await expect(theirs.getByRole('main')).toContainText('files:read');
  const refused = await theirs.request.post('/api/files/delete', {
    headers: pageHeaders(),
    data: { changeId: crypto.randomUUID(), zone: 'raw', files: [{ key: 'papers/note.txt' }] },
  });
  expect(refused.status()).toBe(403);
  expect(await text('papers/note.txt')).toBeDefined();
  await theirs.close();
  await scan();
});

const notice = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

async function preview(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Preview ${name}`, exact: true }).click();
}

async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
}

/** Presses Undo in the notice, and waits until it is done. */
async function undoNow(page: Page, title: string, files: number): Promise<void> {
  await notice(page, title).getByRole('button', { name: 'Undo' }).click();
  await expect(notice(page, `Undone: ${files} file`).first()).toBeVisible();
}

/** A picture whose bytes the browser could not show has no width. */
async function expectPicture(page: Page, name: string): Promise<void> {
  const picture = page.getByRole('img', { name });
  await expect.poll(() => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
}

async function lakeClient({ lakePort, dataFolder }: Product): Promise<S3Client> {
  const credentials = await readLakeCredentials(dataFolder);
  const endpoint = `http://127.0.0.1:${lakePort}`;
  return new S3Client({ endpoint, region: 'eu-west-3', credentials, forcePathStyle: true });
}

const put = (key: string, body: string | Uint8Array, bucket = raw) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));

async function text(key: string, versionId?: string, bucket = raw): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

async function current(prefix: string, bucket = raw): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Every version's bytes of a key, the newest first. */
async function bodies(key: string, bucket = raw): Promise<(string | undefined)[]> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
  return Promise.all(Versions.filter(({ Key }) => Key === key).map(({ VersionId }) => text(key, VersionId, bucket)));
}
