/** A file full of mistakes is held before it is in the table: people see it, look at its rows, and mend it. */
import { readFile } from 'node:fs/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

test.use({ ground: 'quality' });
test.describe.configure({ mode: 'serial', timeout: 240_000 });

/** A run of the pipeline takes its time on a busy machine. */
const RUN = { timeout: 120_000 };

const good = csvOf(Array.from({ length: 20 }, (_, index) => [`Town ${index + 1}`, String(10 + index)]));
const poisoned = csvOf([
  ['Lyon', '12'],
  ['Lens', '-5'],
  ['Nice', '-7'],
]);
const corrected = csvOf([
  ['Lyon', '12'],
  ['Lens', '5'],
  ['Nice', '7'],
]);
const quality = '/datasets/orders/quality';
const RULE = 'ColumnValues "amount" >= 0';

test('rules are written with their mistakes underlined, saved with a gate, and checked', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await page.goto('/quality');
  await expect(page.getByText('Nothing has been checked yet')).toBeVisible();
  await scan();
  await put(product, 'orders/north.csv', good);
  await untilShown(page, quality, () => page.getByRole('heading', { name: 'Last check' }));
  const form = page.getByRole('region', { name: 'Rules of this table' });
  const editor = form.getByRole('textbox', { name: 'Rules in DQDL' });
  await write(page, editor, 'Rules = [ ColumnValues "amuont" >= 0 ]');
  await expect(form.getByText('1:24')).toBeVisible();
  await expect(form.getByText(/amuont/).last()).toBeVisible();
  await write(page, editor, `Rules = [ IsComplete "town", ${RULE} ]`);
  await expect(form.getByText('These rules can be evaluated on this table.')).toBeVisible();
  await form.getByLabel('If it fails').selectOption({ label: 'Block the file' });
  await scan();
  await form.getByRole('button', { name: 'Save these rules' }).click();
  await expect(form.getByRole('button', { name: 'Delete the ruleset' })).toBeVisible();
  await form.getByRole('button', { name: 'New ruleset' }).click();
  await form.getByRole('button', { name: 'orders-rules', exact: true }).click();
  await expect(form.getByRole('button', { name: 'Delete the ruleset' })).toBeVisible();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`Passed ${RULE}`) })).toBeVisible(RUN);
});

test('a poisoned file is held: the score drops, an incident opens, its rows are shown and exported', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await put(product, 'orders/south.csv', poisoned);
  await untilShown(page, '/quality/incidents', () => page.getByRole('link', { name: 'orders/south.csv' }));
  await page.goto('/quality');
  await expect(page.getByRole('img', { name: 'Quality score 50.0 of 100, target 95' })).toBeVisible();
  await expect(page.getByText('file held')).toBeVisible();
  await scan();
  await page
    .getByRole('row', { name: new RegExp(RULE) })
    .getByRole('link', { name: '2', exact: true })
    .click();

  const rows = page.getByRole('region', { name: 'Failing rows' });
  await expect(rows.getByRole('gridcell', { name: 'Lens' })).toBeVisible(RUN);
  await expect(rows.getByRole('gridcell', { name: 'Nice' })).toBeVisible();
  await expect(rows.getByRole('gridcell', { name: 'Lyon' })).toHaveCount(0);
  await scan();
  const coming = page.waitForEvent('download');
  await rows.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'JSON', exact: true }).click();
  const saved = JSON.parse(await readFile(await (await coming).path(), 'utf8')) as { town: string }[];
  expect(saved.map(({ town }) => town).sort()).toEqual(['Lens', 'Nice']);
});

test('people see to the incident, and a corrected file closes it', async ({ signedIn: page, product, scan }) => {
  await page.goto('/quality/incidents');
  await page.getByRole('link', { name: 'orders/south.csv' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'orders/south.csv' })).toBeVisible();
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(page.getByRole('main').getByText('Acknowledged').first()).toBeVisible();
  await page.getByLabel('Comment').fill('The supplier sends it again.');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'The supplier sends it again.' })).toBeVisible();
  await scan();
  const incident = page.url();

  await put(product, 'orders/south.csv', corrected);
  await untilShown(page, incident, () => page.getByText('Closed: a corrected file passed'));
  await page.goto('/quality/incidents');
  await expect(page.getByText('No open incident')).toBeVisible();
  await page.goto('/quality');
  await expect(page.getByRole('img', { name: 'Quality score 100.0 of 100, target 95' })).toBeVisible();
  await expect(page.getByText('Every rule passed at the last check.')).toBeVisible();
});

test('the report says it in a page, a PDF and a CSV', async ({ signedIn: page, product, scan }) => {
  await page.goto('/quality');
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quality report' })).toBeVisible();
  await expect(page.getByText('Every rule passed at the last check.')).toBeVisible();
  await expect(page.getByText('None yet: the first one is made next Monday.')).toBeVisible();
  await scan();
  const pdf = await saved(page, 'Save as PDF');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const csv = (await saved(page, 'Save as CSV')).toString();
  expect(csv).toContain('summary,,,failing_rules,0,');
  expect(csv).toContain('table,orders,passed,score,1,');
  await makeScheduledReport(product);
  await page.reload();
  const kept = (await saved(page, /^Save the report of .+ as CSV$/)).toString();
  // What the schedule says is what the page says.
  const figuresOf = (text: string) => text.split('\r\n').filter((line) => /^(summary|table|failing_rule),/.test(line));
  expect(figuresOf(kept)).toEqual(figuresOf(csv));
  expect(kept).toMatch(/summary,,,incidents_resolved,[1-9]/);
  expect(kept).toMatch(/summary,,,runs_rejected,[1-9]/);
  expect((await saved(page, /^Save the report of .+ as PDF$/)).subarray(0, 5).toString()).toBe('%PDF-');
});

test('what is wrong in a rule is said in the language of whoever writes it', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await page.context().addCookies([{ name: 'lacustre-locale', value: 'fr', url: product.url }]);
  await page.goto(quality);
  const form = page.getByRole('region', { name: 'Règles de cette table' });
  const editor = form.getByRole('textbox', { name: 'Règles en DQDL' });
  await write(page, editor, 'Rules = [ Completeness "town" > ');
  await expect(form.getByText('Il faut ici une valeur, mais le texte s’arrête.')).toBeVisible();
  await write(page, editor, 'Rules = [ Mean "amount" ]');
  await expect(form.getByText(/Il faut ici la condition de Mean, comme dans Mean "column" > 0, et non/)).toBeVisible();
  await scan();
  await page.context().clearCookies({ name: 'lacustre-locale' });
});

test('every page reads in the dark and on a phone', async ({ signedIn: page, scan }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [address, heading] of [
    ['/quality', 'Quality'],
    ['/quality/incidents?show=all', 'Incidents'],
    ['/quality/report', 'Quality report'],
    [quality, 'Last check'],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await scan();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
  }
});

function csvOf(rows: [town: string, amount: string][]): string {
  return `${['town,amount', ...rows.map((row) => row.join(','))].join('\n')}\n`;
}

/** Loads a page again until it shows what a run brings about. */
async function untilShown(page: Page, address: string, find: () => ReturnType<Page['getByText']>): Promise<void> {
  await expect(async () => {
    await page.goto(address);
    await expect(find().first()).toBeVisible({ timeout: 5_000 });
  }).toPass(RUN);
}

async function saved(page: Page, name: string | RegExp): Promise<Buffer> {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  return readFile(await (await coming).path());
}

async function write(page: Page, editor: ReturnType<Page['getByRole']>, text: string): Promise<void> {
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function clientOf({ lakePort, dataFolder }: Product) {
  const credentials = await readLakeCredentials(dataFolder);
  return { endpoint: `http://127.0.0.1:${lakePort}`, region: 'eu-west-3', credentials };
}

async function put(product: Product, Key: string, Body: string): Promise<void> {
  const s3 = new S3Client({ ...(await clientOf(product)), forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: 'lacustre-raw-000000000000-eu-west-3', Key, Body }));
  s3.destroy();
}

/** As the rule does it on Mondays. */
async function makeScheduledReport(product: Product): Promise<void> {
  const lambda = new LambdaClient(await clientOf(product));
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'lacustre-report', Payload: '{}' }));
  lambda.destroy();
  expect(FunctionError).toBeUndefined();
}
