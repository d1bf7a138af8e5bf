/** Sending files: what is seen before, what goes on after, and what is said when it does not. */
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HeadObjectCommand, ListMultipartUploadsCommand, ListPartsCommand, S3Client } from '@aws-sdk/client-s3';
import type { BrowserContext, Page } from '@playwright/test';
import { crc64nvme, emptyCrc64, printCrc64 } from '../lib/languages/checksum/crc64-nvme.ts';
import type { UploadedPart } from '../lib/storage/schemas.ts';
import { lakeEnvironment, readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

const MB = 1024 * 1024;
const PART = 8 * MB;

let folder: string;
test.use({ ground: 'upload' });

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lacustre-upload-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test.describe('before a byte leaves', () => {
  test('the page shows what the file is, its first rows, and where it will be', async ({ signedIn: page, scan }) => {
    const puts = watchParts(page);
    await page.goto('/upload');
    const rows = Array.from({ length: 30 }, (_, n) => `${n};caf\u00e9 ${n};2026-01-0${(n % 9) + 1}`);
    await choose(page, await file('looked_at.csv', Buffer.from(`id;place;day\n${rows.join('\n')}\n`, 'latin1')));
    const row = page.getByRole('listitem', { name: 'looked_at.csv' });
    await expect(row).toContainText('CSV, semicolons, Latin-1');
    await expect(row).toContainText(/s3:\/\/lacustre-raw-\d+-[\w-]+\/looked\/looked_at\.csv/);
    await expect(page.getByLabel('Zone')).toHaveValue('raw');
    await row.getByRole('button', { name: /looked_at\.csv/, expanded: false }).click();
    const look = row.getByRole('group', { name: 'First rows' });
    await expect(look.getByRole('columnheader', { name: 'id bigint' })).toBeVisible();
    await expect(look.getByRole('columnheader', { name: 'day date' })).toBeVisible();
    await expect(look.getByRole('cell', { name: 'caf\u00e9 3', exact: true })).toBeVisible();
    await expect(look.getByRole('row')).toHaveCount(21);
    await scan();

    await row.getByLabel('Dataset').fill('Not A Name');
    await expect(row).toContainText('Use lower-case letters');
    await row.getByLabel('Dataset').fill('places');
    await row.getByLabel('Dataset').press('Enter');
    await expect(row).toContainText(/s3:\/\/[^/]+\/places\/looked_at\.csv/);
    expect(puts).toEqual([]);
  });

  test('files that cannot be sent say why', async ({ signedIn: page, scan }) => {
    await page.goto('/upload');
    await drop(page, [
      { path: 'docs/same.txt', text: 'one' },
      { path: 'docs/same.txt', text: 'another' },
      { path: `docs/${'long'.repeat(250)}.txt`, text: 'x' },
      { path: 'docs/tab\there.txt', text: 'xy' },
      { path: 'empty.csv', text: '' },
    ]);
    await expect(page.getByText('Another file on this list has the same key')).toBeVisible();
    await expect(page.getByText('The path is too long')).toBeVisible();
    await expect(page.getByText('a character that cannot be seen')).toBeVisible();
    await expect(page.getByRole('listitem', { name: 'empty.csv' })).toContainText(/empty/i);
    await expect(page.getByText('Cannot be sent')).toHaveCount(3);
    await scan();
  });

  test('a folder that cannot be read is named, and the rest is on the list', async ({ signedIn: page }) => {
    await page.goto('/upload');
    await drop(page, [{ path: 'a.txt', text: 'a' }], ['locked']);
    await expect(page.getByText('1 file or folder could not be read')).toBeVisible();
    await expect(page.getByText('locked')).toBeVisible();
    await expect(page.getByRole('listitem', { name: 'a.txt' })).toBeVisible();
  });
});

test('the same content is not sent twice unless a person wants it', async ({ signedIn: page, product, scan }) => {
  const text = 'the very same bytes, whatever they are called\n';
  await page.goto('/upload');
  await drop(page, [{ path: 'twins/first.txt', text }]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL(/\/runs\/.+/);

  await page.goto('/upload');
  const puts = watchParts(page);
  await drop(page, [
    { path: 'twins/first.txt', text },
    { path: 'twins/second.txt', text },
    { path: 'twins/other.txt', text: text.replace('very', 'VERY') },
    { path: 'more/x.txt', text: 'said twice on this list' },
    { path: 'more/y.txt', text: 'said twice on this list' },
  ]);
  await expect(page.getByText('twins/first.txt is there already, with the same content.')).toBeVisible();
  await expect(page.getByText('Same content as twins/first.txt, which is in the lake.')).toBeVisible();
  await expect(page.getByText('Same content as more/x.txt on this list.')).toBeVisible();
  await expect(page.getByRole('listitem', { name: 'other.txt' })).toContainText('Ready');
  await scan();
  await page.getByRole('button', { name: 'Skip 3 duplicates' }).click();
  await page.getByRole('button', { name: 'Send 2 files' }).click();
  await expect(page.getByText('2 of 2 sent')).toBeVisible();
  expect(puts.map((put) => put.key).sort()).toEqual(['more/x.txt', 'twins/other.txt']);
  const { ChecksumCRC64NVME, ChecksumType } = await head(product, 'more/x.txt');
  expect([ChecksumCRC64NVME, ChecksumType]).toEqual([crcOf('said twice on this list'), 'FULL_OBJECT']);
});

test.describe('a tab that is killed', () => {
  test.setTimeout(240_000);

  test('at 60 % of 150 MB leaves only the missing parts to be sent', async ({ signedIn, product, context }) => {
    const name = await bigFile('killed.bin', 150 * MB);
    const first = signedIn;
    await first.goto('/upload');
    await slowDown(first, 20 * MB);
    await choose(first, name);
    const before = watchParts(first);
    await first.getByRole('button', { name: 'Send', exact: true }).click();
    const total = Math.ceil((150 * MB) / PART);
    await expect
      .poll(() => partsAt(product, 'killed/killed.bin').then((parts) => parts.length), {
        timeout: 90_000,
        intervals: [200],
      })
      .toBeGreaterThanOrEqual(Math.ceil(0.6 * total));
    await first.close();
    const held = await partsAt(product, 'killed/killed.bin');
    expect(held.length).toBeLessThan(total);

    const page = await context.newPage();
    const after = watchParts(page);
    const listed = watchListing(page);
    await page.goto('/upload');
    const unfinished = page.getByRole('listitem', { name: 'killed/killed.bin' });
    await expect(unfinished).toContainText(/of 157\sMB there/);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      unfinished.getByRole('button', { name: 'Choose the file and resume' }).click(),
    ]);
    await chooser.setFiles(name);
    await page.waitForURL(/\/runs\/.+/, { timeout: 120_000 });

    // What was on its way when the tab was killed may still have reached S3 before the new page asked what is there.
    const there = await listed();
    expect(there).toEqual(expect.arrayContaining(held));
    const missing = range(total).filter((number) => !there.includes(number));
    expect(after.map((put) => put.number).sort((a, b) => a - b)).toEqual(missing);
    expect(before.length + after.length).toBeGreaterThanOrEqual(total);
    const { ChecksumCRC64NVME, ContentLength } = await head(product, 'killed/killed.bin');
    expect([ContentLength, ChecksumCRC64NVME]).toEqual([150 * MB, await crcOfFile(name)]);
  });

  test('goes on by one click where the browser keeps file handles', async ({ signedIn, product, context, scan }) => {
    const first = signedIn;
    await stubPicker(context);
    await first.goto('/upload');
    await writePrivateFile(first, 'handled.bin', 60 * MB);
    await slowDown(first, 15 * MB);
    await press(first, 'choose them');
    await first.getByRole('button', { name: 'Send', exact: true }).click();
    await expect
      .poll(() => partsAt(product, 'handled/handled.bin').then((parts) => parts.length), { timeout: 60_000 })
      .toBeGreaterThan(2);
    await first.reload();
    const row = first.getByRole('listitem', { name: 'handled/handled.bin' });
    await expect(row).toContainText(/of 62\.9\sMB there/);
    await scan();
    const held = await partsAt(product, 'handled/handled.bin');
    const after = watchParts(first);
    await row.getByRole('button', { name: 'Resume' }).click();
    await first.waitForURL(/\/runs\/.+/, { timeout: 60_000 });
    expect(after.map((put) => put.number).filter((number) => held.includes(number))).toEqual([]);
    expect((await head(product, 'handled/handled.bin')).ContentLength).toBe(60 * MB);
  });

  test('leaves what was waiting on the list, and S3 forgets what is discarded', async ({
    signedIn,
    product,
    context,
  }) => {
    const page = signedIn;
    const names = await Promise.all([0, 1, 2].map((n) => bigFile(`waits_${n}.bin`, (30 + n) * MB)));
    await page.goto('/upload');
    await slowDown(page, 4 * MB);
    await choose(page, ...names);
    await page.getByRole('button', { name: 'Send 3 files' }).click();
    await expect(page.getByRole('listitem', { name: 'waits_1.bin' })).toContainText('Sending');
    await expect(page.getByRole('listitem', { name: 'waits_2.bin' })).toContainText('Waiting');
    await page.close();
    const next = await context.newPage();
    await next.goto('/upload');
    await expect(next.getByRole('listitem', { name: 'waits/waits_2.bin' })).toContainText('Not begun');
    // Another file cannot be put behind the parts of this one.
    const [chooser] = await Promise.all([
      next.waitForEvent('filechooser'),
      next
        .getByRole('listitem', { name: 'waits/waits_0.bin' })
        .getByRole('button', { name: /resume/ })
        .click(),
    ]);
    await chooser.setFiles(names[1] ?? '');
    await expect(next.getByText('That is not waits_0.bin')).toBeVisible();
    for (const n of [0, 1, 2]) {
      await next
        .getByRole('listitem', { name: `waits/waits_${n}.bin` })
        .getByRole('button', { name: 'Discard' })
        .click();
    }
    await expect(next.getByText('Unfinished uploads')).toBeHidden();
    expect(await uploadsOf(product, 'waits/')).toEqual([]);
  });
});

test.describe('on the way', () => {
  test('only the part that failed goes again', async ({ signedIn: page, product }) => {
    await page.goto('/upload');
    const puts = watchParts(page);
    let refused = 0;
    await page.route(/partNumber=2&/, async (route) => {
      if (route.request().method() === 'PUT' && refused++ === 0) await route.abort('connectionreset');
      else await route.fallback();
    });
    await choose(page, await bigFile('retried.bin', 30 * MB));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.waitForURL(/\/runs\/.+/);
    expect(puts.map((put) => put.number).sort()).toEqual([1, 2, 2, 3, 4]);
    expect((await head(product, 'retried/retried.bin')).ContentLength).toBe(30 * MB);
  });

  test('a part that S3 refuses is named with its answer, and retry sends only what is missing', async ({
    signedIn: page,
    scan,
  }) => {
    await page.goto('/upload');
    const firstArrived = page.waitForResponse(
      (answer) => /partNumber=1&/.test(answer.url()) && answer.request().method() === 'PUT',
    );
    await page.route(/partNumber=3&/, async (route) => {
      if (route.request().method() === 'PUT') await firstArrived;
      const body = '<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>';
      const headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag' };
      return route.request().method() === 'PUT' ? route.fulfill({ status: 403, body, headers }) : route.fallback();
    });
    await choose(page, await bigFile('refused.bin', 30 * MB));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(
      page.getByText(/Part 3 of 4 did not arrive \(3 tries\)\. S3 answered 403 AccessDenied: Request has expired/),
    ).toBeVisible();
    await scan();
    await page.unroute(/partNumber=3&/);
    const puts = watchParts(page);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL(/\/runs\/.+/);
    expect(puts.map((put) => put.number)).not.toContain(1);
    expect(puts.map((put) => put.number)).toContain(3);
  });

  test('it stops and goes on, by hand and with the line', async ({ signedIn: page, product }) => {
    await page.goto('/upload');
    const cut = await slowDown(page, 6 * MB);
    await choose(page, await bigFile('paused.bin', 60 * MB));
    const puts = watchParts(page);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const row = page.getByRole('listitem', { name: 'paused.bin' });
    await expect(row).toContainText(/MB\/s · about/);
    await row.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(row).toContainText('Paused');
    const begun = puts.length;
    await page.waitForTimeout(500);
    expect(puts.length).toBe(begun);
    await row.getByRole('button', { name: 'Resume' }).click();
    await expect(row).toContainText('Sending');
    await cut(true);
    await expect(row).toContainText('This computer is offline', { timeout: 20_000 });
    await cut(false);
    await page.waitForURL(/\/runs\/.+/, { timeout: 45_000 });
    expect(new Set(puts.map((put) => put.number)).size).toBe(8);
    expect((await head(product, 'paused/paused.bin')).ContentLength).toBe(60 * MB);
  });

  test('whoever is signed out keeps the parts', async ({ signedIn: page, context }) => {
    await page.goto('/upload');
    await slowDown(page, 15 * MB);
    await choose(page, await bigFile('signed_out.bin', 30 * MB));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const row = page.getByRole('listitem', { name: 'signed_out.bin' });
    await expect(row.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0');
    const cookies = await context.cookies();
    await context.clearCookies();
    await expect(row).toContainText('Your session has ended', { timeout: 30_000 });
    await expect(row.getByRole('link', { name: 'sign in in another tab' })).toBeVisible();
    await context.addCookies(cookies);
    const puts = watchParts(page);
    await row.getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL(/\/runs\/.+/);
    expect(puts).toEqual([]);
  });

  test('bytes that changed underway make no object', async ({ signedIn: page, product }) => {
    await page.goto('/upload');
    const puts = watchParts(page);
    let isDamaged = true;
    await page.route(/partNumber=1&/, async (route) => {
      if (route.request().method() !== 'PUT' || !isDamaged) return route.fallback();
      isDamaged = false;
      await route.continue({ postData: Buffer.alloc('sound'.length, 'x') });
    });
    await drop(page, [{ path: 'damaged/a.txt', text: 'sound' }]);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByText('is not what is on the disk')).toBeVisible();
    await expect(head(product, 'damaged/a.txt')).rejects.toThrow();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL(/\/runs\/.+/);
    expect(puts).toHaveLength(2);
    expect((await head(product, 'damaged/a.txt')).ChecksumCRC64NVME).toBe(crcOf('sound'));
  });
});

test('many files at once all arrive, and the page answers meanwhile', async ({ signedIn: page, product }, info) => {
  test.setTimeout(240_000);
  await page.goto('/upload');
  await watchLongTasks(page);
  const count = Number(process.env.UPLOAD_FILES ?? 40);
  await drop(
    page,
    range(count).map((n) => ({ path: `many/note_${n}.txt`, text: `note ${n}\n`.repeat(n) })),
  );
  await expect(page.getByRole('button', { name: `Send ${count} files` })).toBeVisible({ timeout: 60_000 });
  const dropped = await longTasks(page);
  await page.getByRole('button', { name: `Send ${count} files` }).click();
  await page.getByRole('button', { name: 'Pause all' }).click();
  await page.getByRole('button', { name: 'Resume all' }).click();
  await page.getByRole('button', { name: /^Send \d+ files$/ }).click();
  await expect(page.getByText(`${count} of ${count} sent`)).toBeVisible({ timeout: 180_000 });
  const sent = await longTasks(page);
  const said = `longest main-thread task: ${Math.max(0, ...dropped)} ms while dropping, ${Math.max(0, ...sent)} ms while sending`;
  info.annotations.push({ type: 'measured', description: said });
  console.log(`      ${count} files, ${said}`);
  expect(Math.max(0, ...dropped, ...sent)).toBeLessThan(2_000);
  const keys = range(count).map((n) => `many/note_${n}.txt`);
  const heads = await Promise.all(keys.map((key) => head(product, key)));
  expect(heads.every((each) => each.ChecksumCRC64NVME)).toBe(true);
});

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Chooses files as a person would; the button answers once the page has come alive. */
async function choose(page: Page, ...names: string[]): Promise<void> {
  await expect(async () => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser', { timeout: 1_000 }),
      press(page, 'choose them'),
    ]);
    await chooser.setFiles(names);
  }).toPass();
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

/** Drops files made in the page: with folders, and with folders that refuse to be read. */
async function drop(page: Page, files: { path: string; text: string }[], locked: string[] = []): Promise<void> {
  await expect(page.getByRole('group', { name: 'Files to send' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.evaluate(
    ({ files, locked }) => {
      const fileEntry = ({ path, text }: { path: string; text: string }) => ({
        isFile: true,
        fullPath: `/${path}`,
        file: (found: (file: File) => void) => found(new File([text], path.split('/').at(-1) ?? '')),
      });
      const lockedEntry = (name: string) => ({
        isFile: false,
        fullPath: `/${name}`,
        createReader: () => ({
          readEntries: (_: unknown, failed: (error: Error) => void) => failed(new DOMException('', 'NotReadableError')),
        }),
      });
      const entries = [...files.map(fileEntry), ...locked.map(lockedEntry)];
      const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null }));
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { items } });
      document.querySelector('[aria-label="Files to send"]')?.dispatchEvent(event);
    },
    { files, locked },
  );
}

async function file(name: string, content: Buffer | string): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, content);
  return full;
}

/** A file of many megabytes that no two parts of are alike. */
async function bigFile(name: string, sizeBytes: number): Promise<string> {
  const full = path.join(folder, name);
  const handle = await open(full, 'w');
  const block = Buffer.alloc(MB);
  for (let at = 0; at < sizeBytes; at += MB) {
    block.fill(`${name} ${at} `);
    block[0] = 0;
    await handle.write(block, 0, Math.min(MB, sizeBytes - at));
  }
  await handle.close();
  return full;
}

interface SentPart {
  key: string;
  number: number;
}

function watchParts(page: Page): SentPart[] {
  const parts: SentPart[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    const number = Number(url.searchParams.get('partNumber'));
    if (request.method() !== 'PUT' || !number) return;
    parts.push({ number, key: decodeURIComponent(url.pathname.split('/').slice(2).join('/')) });
  });
  return parts;
}

/** Returns the parts that S3 held when the page last asked before it sent one. */
function watchListing(page: Page): () => Promise<number[]> {
  let last: Promise<UploadedPart[]> = Promise.resolve([]);
  page.on('response', (response) => {
    const request = response.request();
    if (request.method() === 'GET' && new URL(request.url()).pathname === '/api/uploads/parts') last = response.json();
  });
  return async () => (await last).map((part) => part.number);
}

/** Makes the line upwards so fast; the page's own answers are not slowed. Returns a switch that cuts the line. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<(isCut: boolean) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const cut = async (offline: boolean) => {
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: bytesPerSecond };
    await session.send('Network.emulateNetworkConditions', conditions);
  };
  await cut(false);
  return cut;
}

/** The browser's picker cannot be pressed in a test: it answers with handles of the page's own private files, which are real ones. */
async function stubPicker(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const picker = async () => {
      const root = await navigator.storage.getDirectory();
      const handles: FileSystemFileHandle[] = [];
      for await (const handle of root.values()) handles.push(handle as FileSystemFileHandle);
      return handles;
    };
    Object.assign(window, { showOpenFilePicker: picker });
  });
}

async function writePrivateFile(page: Page, name: string, sizeBytes: number): Promise<void> {
  await page.evaluate(
    async ({ name, sizeBytes }) => {
      const root = await navigator.storage.getDirectory();
      const writable = await (await root.getFileHandle(name, { create: true })).createWritable();
      const block = new Uint8Array(1024 * 1024);
      for (let at = 0; at < sizeBytes; at += block.length) {
        await writable.write(block.fill(at / block.length));
      }
      await writable.close();
    },
    { name, sizeBytes },
  );
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((entry) => Math.round(entry.duration))),
    ).observe({
      entryTypes: ['longtask'],
    });
  });
}

/** The durations since it was asked last, in milliseconds. */
function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
}

async function s3Of({ dataFolder, lakePort }: Product): Promise<{ s3: S3Client; bucket: string }> {
  const environment = lakeEnvironment(await readLakeCredentials(dataFolder), lakePort, 'eu-west-3');
  const s3 = new S3Client({
    region: 'eu-west-3',
    endpoint: `http://127.0.0.1:${lakePort}`,
    forcePathStyle: true,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
  return { s3, bucket: 'lacustre-raw-000000000000-eu-west-3' };
}

async function head(product: Product, key: string) {
  const { s3, bucket } = await s3Of(product);
  return s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
}

async function uploadsOf(product: Product, prefix: string) {
  const { s3, bucket } = await s3Of(product);
  return (await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }))).Uploads ?? [];
}

/** The numbers of the parts that S3 holds of the upload to a key. */
async function partsAt(product: Product, key: string): Promise<number[]> {
  const [upload] = await uploadsOf(product, key);
  if (!upload) return [];
  const { s3, bucket } = await s3Of(product);
  const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: upload.UploadId }));
  return Parts.map((part) => part.PartNumber ?? 0);
}

const crcOf = (text: string) => printCrc64(crc64nvme(Buffer.from(text)));

async function crcOfFile(name: string): Promise<string> {
  let crc = emptyCrc64;
  for await (const bytes of createReadStream(name, { highWaterMark: 4 * MB })) crc = crc64nvme(bytes as Buffer, crc);
  return printCrc64(crc);
}
