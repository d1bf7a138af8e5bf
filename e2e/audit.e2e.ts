/** Who did what: an administrator finds it with its outcome, takes it along, and is told what was forged behind the console's back. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { comeByInvitation, expect, type Product, pageHeaders, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

const vera = {
  name: 'Véra Audit',
  email: 'vera@example.com',
  role: 'viewer',
  password: 'looks and touches nothing',
} as const;

const dropped = 'whose_is_it.txt';

test('somebody drops a file, whose traces are looked for later', async ({ signedIn: page }) => {
  await page.goto('/upload');
  await expect(async () => {
    const chooser = page.waitForEvent('filechooser', { timeout: 1_000 });
    chooser.catch(() => undefined);
    await page.getByRole('button', { name: 'choose them' }).click();
    const buffer = Buffer.from('Whose is it?\n');
    await (await chooser).setFiles({ name: dropped, mimeType: 'text/plain', buffer });
  }).toPass();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL(/\/runs\/.+/);
});

test('what a viewer was refused is found, and the trail itself is not theirs to see', async ({
  signedIn: page,
  browser,
  scan,
}) => {
  const viewer = await comeByInvitation(page, browser, vera);
  const refused = await viewer.request.post('/api/queries', {
    data: { sql: 'SELECT 1' },
    headers: pageHeaders(),
  });
  expect(refused.status()).toBe(403);
  await viewer.goto('/audit');
  await expect(viewer.getByRole('main')).toContainText('does not hold the permission audit:read');
  await viewer.context().close();

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
  await page.goto('/audit?action=invitations');
  await expect(page.getByRole('row', { name: new RegExp(`invitations\\.accept.*${vera.email}`) })).toBeVisible();
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
  const { s3, keysUnder } = await lakeOf(product);
  const Bucket = bucketOf('results');
  await expect.poll(() => keysUnder(Bucket, 'audit/console/')).not.toEqual([]);
  await page.goto('/audit/verification');
  const chain = page.getByRole('region', { name: 'Actions in the console' });
  await verify(page, 'Verify the console’s chain');
  await expect(chain).toContainText(/All \d+ events are whole/);
  await expect(chain).toContainText('of the chain that the lake keeps');
  await scan();
  const Key = `audit/console/000000000001-${'f'.repeat(64)}.json`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
  try {
    await verify(page, 'Verify the console’s chain');
    await expect(chain).toContainText(`What the lake keeps at ${Key} does not bear this console’s signature.`);
    await scan();
    // What was found last is kept for whoever looks next.
    await page.reload();
    await expect(chain).toContainText('Not whole');
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
});

test('the calls of AWS name the person, and lead to what they did in the console', async ({ signedIn: page, scan }) => {
  await page.goto(`/audit?source=aws&text=${encodeURIComponent(dropped)}`);
  const put = page.getByRole('row', {
    name: new RegExp(`s3:CompleteMultipartUpload.*admin@example\\.com.*Done.*${dropped}`),
  });
  // CloudTrail's files come some seconds later.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click({ timeout: 1_000 });
    await expect(put).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByLabel('Service').selectOption('glue');
  await expect(page).toHaveURL(/action=glue/);
  await expect(put).toBeHidden();
  await page.getByLabel('Service').selectOption('s3');
  await put.getByRole('button', { name: 's3:CompleteMultipartUpload' }).click();
  const record = page.getByRole('region', { name: 'All fields' });
  await expect(record).toContainText('lacustre-administrator');
  await scan();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(text).toMatch(/^eventTime,person,role,/);
  expect(text).toMatch(new RegExp(`admin@example\\.com,.*CompleteMultipartUpload.*${dropped}`));

  await page.getByRole('link', { name: 'Console actions around then' }).click();
  const action = page.getByRole('row', { name: new RegExp(`files\\.upload.*${dropped}`) }).first();
  await action.getByRole('button').click();
  await page.getByRole('link', { name: 'AWS calls around then' }).click();
  await expect(page).toHaveURL(/source=aws/);
  await expect(put).toBeVisible();
});

test('a file of the trail that was deleted or changed is named, on the page and by the command', async ({
  signedIn: page,
  product,
  scan,
}) => {
  const { s3, keysUnder } = await lakeOf(product);
  const Bucket = bucketOf('trail');
  const [Key = ''] = await keysUnder(Bucket, 'AWSLogs/000000000000/CloudTrail/eu-west-3/');
  await page.goto('/audit/verification');
  const files = page.getByRole('region', { name: 'AWS calls' });
  await verify(page, 'Verify the AWS log files');
  await expect(files).toContainText(/log files? (is|are) whole/);

  const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  try {
    await verify(page, 'Verify the AWS log files');
    await expect(files).toContainText(`A log file is missing. ${Key}`);
    await scan();
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker }));
  }
  const { VersionId: forged } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'nothing happened' }));
  try {
    const { code, output } = await verifyByCommand(product);
    expect(output).toContain(`a record was changed, taken out or put in. ${Key}`);
    expect(code).toBe(1);
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: forged }));
  }
  expect((await verifyByCommand(product)).code).toBe(0);
});

async function verify(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  // Before the page is hydrated a click is lost.
  await expect(async () => {
    const answered = page.waitForResponse(/\/api\/audit\/(calls\/)?verification/, { timeout: 5_000 });
    answered.catch(() => undefined);
    await button.click({ timeout: 2_000 });
    await answered;
  }).toPass();
  await expect(button).toBeVisible();
}

/** The half that a console which runs does not hold. */
function verifyByCommand({ lakePort, dataFolder }: Product): Promise<{ code: number; output: string }> {
  const env = { ...process.env, LAKE_PORT: String(lakePort), LACUSTRE_DATA: dataFolder };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/run.mjs', 'audit-verify', '--only', 'aws'], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const bucketOf = (zone: string) => `lacustre-${zone}-000000000000-eu-west-3`;

async function lakeOf({ lakePort, dataFolder }: Product) {
  const credentials = await readLakeCredentials(dataFolder);
  const endpoint = `http://127.0.0.1:${lakePort}`;
  const s3 = new S3Client({ endpoint, region: 'eu-west-3', credentials, forcePathStyle: true });
  const keysUnder = async (Bucket: string, Prefix: string) =>
    ((await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? []).map(({ Key = '' }) => Key);
  return { s3, keysUnder };
}
