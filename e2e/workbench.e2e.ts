/** A whole session in the workbench, by keyboard alone. */
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

test.use({ ground: 'workbench' });

const bucket = 'lacustre-processed-000000000000-eu-west-3';
/** Longer than anybody waits: a million million rows, none of which is counted. */
const ENDLESS = `SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y),
  UNNEST(sequence(1, 10000)) c(z) WHERE x + y + z < 0`;

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL editor' });
const result = (page: Page, name: RegExp) => page.getByRole('tab', { name });

/** Takes what the editor offers, as a person does who has seen it: Enter belongs to the text until the list stands still. */
async function take(page: Page, name: RegExp): Promise<void> {
  const list = page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)');
  await expect(list.getByRole('option', { name }).first()).toBeVisible();
  await page.waitForTimeout(200);
  await expect(list.getByRole('option', { name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

test.beforeAll(async ({ product }) => makeOrders(product));

test('a statement is written with what the editor offers, mended, formatted and run', async ({
  signedIn: page,
  scan,
}) => {
  await open(page);
  await page.keyboard.type('SELECT  FROM ord', { delay: 20 });
  await take(page, /^orders/);
  await page.keyboard.press('Home');
  for (const _ of 'SELECT ') await page.keyboard.press('ArrowRight');
  await page.keyboard.type('amo', { delay: 20 });
  await expect(page.getByRole('option', { name: /^amount/ })).toContainText('double');
  await scan();
  await take(page, /^amount/);
  await expect(editor(page)).toHaveText('SELECT amount FROM orders');

  // A name that is a word of SQL comes in quotes.
  await page.keyboard.type(', ord', { delay: 20 });
  await take(page, /^order/);
  await expect(editor(page)).toHaveText('SELECT amount, "order" FROM orders');

  await page.keyboard.press('End');
  // No Escape in between: it would send the help away where that is quicker than the list of names.
  await page.keyboard.type(' WHERE amount > round(0.5, ', { delay: 20 });
  await expect(page.locator('.cm-tooltip .cm-fact-current')).toHaveText('decimals');
  await page.keyboard.type('1');
  await page.keyboard.press('End');
  await page.keyboard.type(' ORDR BY 1', { delay: 20 });

  // Underlined before it is run, where Trino would refuse it.
  await expect(page.locator('.cm-lintRange-error')).toHaveText('ORDR');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F8');
  await expect(page.locator('.cm-tooltip-lint')).toContainText("line 1:65: mismatched input 'ORDR'");
  await page.keyboard.type('ORDER');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);

  await page.keyboard.press('Alt+Shift+F');
  await expect(editor(page).locator('.cm-line')).toHaveText([
    'SELECT',
    '  amount,',
    '  "order"',
    'FROM',
    '  orders',
    'WHERE',
    '  amount > round(0.5, 1)',
    'ORDER BY',
    '  1',
  ]);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor(page).locator('.cm-line')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('gridcell', { name: 'express' })).toBeVisible();
  await scan();
});

test('several statements give several results, and nothing is run behind one that fails', async ({
  signedIn: page,
  scan,
}) => {
  await open(page);
  await page.keyboard.insertText("SELECT 'a;b' AS one; -- not; here\nSELECT city FROM orders WHERE city = ? OR id = ?");
  await page.keyboard.press('Alt+Shift+R');
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Enter a value first' })).toBeVisible();
  await page.keyboard.press('Alt+Shift+P');
  await page.keyboard.type("L'Isle; DROP");
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('n');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('2');
  await scan();
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(result(page, /^1 1 row/)).toBeVisible();
  await expect(result(page, /^2 1 row/)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('gridcell', { name: 'Lens' })).toBeVisible();
  await page.keyboard.press('Alt+Shift+R');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('gridcell', { name: 'a;b' })).toBeVisible();
  await scan();

  await page.keyboard.press('Alt+Shift+E');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('SELECT 1 AS good;\nSELECT nothing FROM orders;\nSELECT 3 AS never');
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(result(page, /^2 Line 2:8/)).toHaveAttribute('aria-selected', 'true');
  await expect(result(page, /^3 Not run/)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'nothing' })).toContainText('2:8');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('nothing');

  // The results are found again, each with how it went.
  await page.reload();
  await expect(result(page, /^1 1 row/)).toBeVisible();
  await expect(result(page, /^2 Line 2:8/)).toHaveAttribute('aria-selected', 'true');
  await expect(result(page, /^3 Not run/)).toBeVisible();
});

test('tabs, tables, saving and the list of keys are all within reach', async ({ signedIn: page, scan }) => {
  await open(page);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Run all statements');
  await scan();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('Alt+Shift+D');
  const tree = page.getByRole('tree', { name: 'Tables' });
  await expect(tree).toBeFocused();
  const orders = tree.getByRole('treeitem', { name: /^orders/ });
  await expect(orders).toContainText('3');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('treeitem', { name: /amount/ })).toContainText('double');
  await scan();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Insert the name' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tree).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await expect(editor(page)).toContainText('LIMIT 100');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('gridcell', { name: 'Lille' })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+s');
  await page.getByLabel('Name', { exact: true }).press('ControlOrMeta+A');
  await page.keyboard.type('first look');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'first look' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Alt+PageUp');
  await expect(page.getByRole('tab', { name: 'first look' })).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Alt+PageDown');
  await page.keyboard.press('Alt+Shift+X');
  await expect(page.getByRole('tab', { name: 'first look' })).toHaveCount(0);
  await page.keyboard.press('Alt+Shift+T');
  await expect(page.getByRole('tab', { name: 'first look' })).toHaveAttribute('aria-selected', 'true');
  // Its result comes back with it.
  await expect(page.getByRole('gridcell', { name: 'Lille' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+b');
  await expect(tree).toBeHidden();
});

test('a query that runs long is left, found again and cancelled', async ({ signedIn: page }) => {
  await open(page);
  await page.keyboard.insertText(`${ENDLESS};\nSELECT 'never' AS sent`);
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Running' })).toBeVisible();
  await page.goto('/datasets');
  await page.goto('/sql');
  await expect(page.getByRole('status').filter({ hasText: 'Running' })).toBeVisible();
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press('Alt+Shift+C');
  await expect(page.getByRole('status').filter({ hasText: 'Cancelled' })).toBeVisible();
  await expect(result(page, /^2 Not run/)).toBeVisible();
});

/** A tab of its own, with nothing in it; the cursor is there. */
async function open(page: Page): Promise<void> {
  await page.goto('/sql');
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press('Alt+Shift+N');
  await expect(editor(page)).toHaveText('');
  await expect(editor(page)).toBeFocused();
}

/** A small table of the catalog, with what the pipeline writes about its own. */
async function makeOrders({ lakePort, dataFolder }: Product): Promise<void> {
  const config = {
    endpoint: `http://localhost:${lakePort}`,
    region: 'eu-west-3',
    credentials: await readLakeCredentials(dataFolder),
  };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'orders/orders.csv',
      Body: '1,Lille,10.5,express\n2,Lens,20,slow\n3,Douai,0.25,slow\n',
    }),
  );
  await new GlueClient(config).send(
    new CreateTableCommand({
      DatabaseName: 'retail',
      TableInput: {
        Name: 'orders',
        TableType: 'EXTERNAL_TABLE',
        Parameters: { recordCount: '3', sizeKey: '61', classification: 'csv' },
        StorageDescriptor: {
          Location: `s3://${bucket}/orders/`,
          InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          SerdeInfo: {
            SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
            Parameters: { 'field.delim': ',' },
          },
          Columns: [
            { Name: 'id', Type: 'bigint' },
            { Name: 'city', Type: 'string', Comment: 'Where it is sent' },
            { Name: 'amount', Type: 'double' },
            { Name: 'order', Type: 'string' },
          ],
        },
      },
    }),
  );
}
