/** Yesterday comes back: what happened to a dataset, what it was then in SQL, a folder made as it was, and that undone. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, pageHeaders, test } from './fixtures.ts';

test.use({ ground: 'history' });
test.describe.configure({ mode: 'serial' });

const bucket = 'lacustre-raw-000000000000-eu-west-3';
const csv = (...rows: string[]) => ['city,amount', ...rows, ''].join('\n');
const versions = {
  north1: csv('Lille,10', 'Lens,20'),
  north2: csv('Lille,11', 'Lens,22', 'Douai,33'),
  south: csv('Nice,100'),
};
const analyst = {
  name: 'Ana Lyst',
  email: 'ana@example.com',
  role: 'analyst',
  password: 'a word of her own',
} as const;
/** Moments between the changes, as SQL names them. */
const moment: Record<'first' | 'whole', string> = { first: '', whole: '' };

test('every change of a dataset is listed, with who made it and its run', async ({ signedIn: page, product, scan }) => {
  const s3 = await lakeClient(product);
  await put(s3, 'trips/north.csv', versions.north1);
  await sumBecomes(page, '30');
  moment.first = await now();
  await put(s3, 'trips/north.csv', versions.north2);
  await sumBecomes(page, '66');
  await put(s3, 'trips/south.csv', versions.south);
  await sumBecomes(page, '166');
  moment.whole = await now();
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'trips/south.csv' }));
  await sumBecomes(page, '66');

  await page.goto('/datasets/trips');
  await page.getByRole('link', { name: 'Versions', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'What happened to trips' })).toBeVisible();
  for (const row of [/Deleted south\.csv/, /Added south\.csv/, /Replaced north\.csv/, /Added north\.csv/]) {
    const shown = page.getByRole('row', { name: row });
    await expect(shown).toContainText('outside the console');
    await expect(shown.getByRole('link', { name: 'Succeeded' })).toBeVisible();
  }
  await expect(page.getByRole('row', { name: /Table made trips/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Contract drafted/ })).toContainText('the pipeline');
  await scan();
});

test('a table is queried as it was, and the person’s own text and places stay', async ({ signedIn: page, scan }) => {
  await page.goto('/sql');
  expect(await ask(page, `SELECT sum(trips.amount) AS total FROM trips@${moment.first}`)).toBe('30');
  await expect(page.getByRole('region', { name: 'Tables of the past' })).toContainText('trips as it was on');
  await expect(page.getByRole('region', { name: 'Tables of the past' })).toContainText('to be copied first');
  await scan();
  expect(await ask(page, `SELECT sum(amount) AS total FROM retail."trips@${moment.whole.replace('T', ' ')}" t`)).toBe(
    '166',
  );
  expect(await ask(page, 'SELECT sum(amount) AS total FROM trips')).toBe('66');
  const change = `SELECT n.total - b.total AS d FROM (SELECT sum(amount) total FROM trips) n,
    (SELECT sum(amount) total FROM trips@${moment.first}) b`;
  expect(await ask(page, change)).toBe('36');
  // The same files are the same table: nothing is copied a second time.
  await expect(page.getByRole('region', { name: 'Tables of the past' })).not.toContainText('to be copied first');

  const before = `  (SELECT max(amount) FROM trips@${moment.first}) + `;
  await send(page, `SELECT 1,\n${before}nothing`);
  const problem = page.getByRole('alert').filter({ hasText: 'nothing' });
  await expect(problem).toContainText(`2:${before.length + 1}`);

  for (const [sql, sentence] of [
    ['SELECT * FROM trips@2019-01-01', 'did not exist before'],
    ['SELECT * FROM trips@2999-01-01', 'still to come'],
    ['SELECT * FROM trips@yesterday', '“yesterday” is not a moment'],
    ['SELECT * FROM nowhere@2026-01-01', 'There is no table retail.nowhere'],
    [`INSERT INTO trips@${moment.first} SELECT * FROM trips`, 'can only be read'],
  ]) {
    await send(page, sql ?? '');
    await expect(page.getByRole('alert').filter({ hasText: sentence ?? '' })).toBeVisible();
  }
  await scan();
});

test('a folder is made what it was, the table follows, and it is undone', async ({ signedIn: page, scan }) => {
  await page.goto(`/files/point-in-time?zone=raw&prefix=trips%2F&at=${encodeURIComponent(moment.first)}`);
  await expect(fact(page, 'Bring back')).toContainText('0');
  await expect(fact(page, 'Put back')).toContainText('1');
  await page.goto(`/files/point-in-time?zone=raw&prefix=trips%2F&at=${encodeURIComponent(moment.whole)}`);
  await expect(fact(page, 'Bring back')).toContainText('1');
  await expect(fact(page, 'Unchanged')).toContainText('1');
  await expect(page.getByRole('row', { name: /Bring back south\.csv/ })).toBeVisible();
  const follows = page.getByRole('region', { name: 'What follows' });
  await expect(follows.getByRole('link', { name: 'trips' })).toBeVisible();
  await scan();
  await page.getByRole('button', { name: 'Restore 1 file' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Restored' })).toBeVisible();
  await expect(page.getByText('It is as it was then')).toBeVisible();
  await scan();
  await sumBecomes(page, '166');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Bring back south\.csv/ })).toBeVisible();
  await sumBecomes(page, '66');
});

test('an analyst sees what would be taken away, and is told who may do it', async ({ signedIn: page, browser }) => {
  const theirs = await comeByInvitation(page, browser, analyst);
  await theirs.goto('/files/point-in-time?zone=raw&prefix=trips%2F&at=2020-01-01');
  await expect(fact(theirs, 'Take away')).toContainText('1');
  await expect(theirs.getByText('needs the permission files:delete')).toContainText('Administrator, Engineer');
  await expect(theirs.getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  await theirs.goto(`/files/point-in-time?zone=raw&prefix=trips%2F&at=${encodeURIComponent(moment.first)}`);
  await theirs.getByRole('button', { name: 'Restore 1 file' }).click();
  await expect(theirs.getByRole('status').filter({ hasText: 'Restored' })).toBeVisible();
  await sumBecomes(theirs, '30');
  await theirs.goto('/sql');
  expect(await ask(theirs, `SELECT sum(amount) AS total FROM trips@${moment.whole}`)).toBe('166');

  await theirs.goto('/datasets/trips/versions');
  const row = theirs.getByRole('row', { name: /Restored north\.csv/ });
  await expect(row).toContainText(analyst.email);
  await theirs.context().close();
});

test('no byte of any version is lost', async ({ product }) => {
  const s3 = await lakeClient(product);
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'trips/' }));
  const texts = await Promise.all(
    Versions.map(async ({ Key, VersionId }) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
      return (await object.Body?.transformToString()) ?? '';
    }),
  );
  expect(texts.sort()).toEqual(
    [versions.north1, versions.north1, versions.north2, versions.south, versions.south].sort(),
  );
});

async function lakeClient({ lakePort, dataFolder }: Product): Promise<S3Client> {
  return new S3Client({
    endpoint: `http://127.0.0.1:${lakePort}`,
    region: 'eu-west-3',
    forcePathStyle: true,
    credentials: await readLakeCredentials(dataFolder),
  });
}

async function put(s3: S3Client, Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'text/csv' }));
}

/** The present, a second after what has been: S3's times are whole seconds. */
async function now(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const text = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  return text;
}

function fact(page: Page, name: string) {
  return page.locator('dl.facts > div').filter({ has: page.getByText(name, { exact: true }) });
}

async function send(page: Page, sql: string): Promise<void> {
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
  await page.getByRole('button', { name: /^Run/ }).click();
}

/** The last value of a statement's result. */
async function ask(page: Page, sql: string): Promise<string> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => /\/api\/queries\/[^/]+\/rows/.test(response.url())),
    send(page, sql),
  ]);
  const { rows } = (await answer.json()) as { rows: string[][] };
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible();
  return rows.at(-1)?.at(-1) ?? '';
}

/** Waits until queries see this total: the pipeline has done its work. Asked beside the page, which stays as it is. */
async function sumBecomes({ request }: Page, total: string): Promise<void> {
  await expect(async () => {
    const started = await request.post('/api/queries', {
      headers: pageHeaders(),
      data: { sql: 'SELECT sum(amount) AS s FROM trips' },
    });
    const { id } = (await started.json()) as { id: string };
    await expect
      .poll(async () => ((await (await request.get(`/api/queries/${id}`)).json()) as { status: string }).status)
      .toBe('succeeded');
    const { rows } = (await (await request.get(`/api/queries/${id}/rows?from=0&count=1`)).json()) as {
      rows: string[][];
    };
    expect(rows.at(-1)?.at(-1)).toBe(total);
  }).toPass({ timeout: 40_000, intervals: [300] });
}
