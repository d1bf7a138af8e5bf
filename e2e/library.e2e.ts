/** What was run is found again, and what is saved has versions, values and a way back. */
import type { Browser, Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures.ts';

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL editor' });
const SLOW =
  'SELECT count(*) AS slow_one FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y * z % 7 = 3';

test.use({ ground: 'library' });

test('what was run is found with its error, its rows and its text, and a running one is found and cancelled', async ({
  signedIn: page,
  scan,
}) => {
  await page.goto('/sql/history');
  await expect(page.getByRole('heading', { name: 'Nothing run yet' })).toBeVisible();
  await scan();

  await page.goto('/sql');
  await run(page, "SELECT 'needle' AS found", 'Done');
  await run(page, 'SELECT * FROM no_such_table', 'Failed');
  await run(page, SLOW, 'Running');

  // Left while it runs.
  await page.getByRole('link', { name: /^History/ }).click();
  const rows = page.getByRole('group', { name: 'Statements that were run' });
  await expect(rows.getByRole('row').filter({ hasText: 'slow_one' })).toContainText('Running');
  await expect(page.getByRole('navigation', { name: 'Queries' })).toContainText('1 running');
  await rows.getByRole('button', { name: /slow_one/ }).click();
  await rows.getByRole('button', { name: 'Cancel' }).click();
  await expect(rows.getByRole('row').filter({ hasText: 'slow_one' }).first()).toContainText('Cancelled');

  await page.getByLabel('Status', { exact: true }).selectOption('Failed');
  await expect(rows.getByRole('button', { name: /no_such_table/ })).toBeVisible();
  await expect(rows.getByRole('button', { name: /needle/ })).toBeHidden();
  await rows.getByRole('button', { name: /no_such_table/ }).click();
  await expect(rows).toContainText('Line 1, column');
  await scan();
  await page.getByLabel('Status', { exact: true }).selectOption('Any');
  await page.getByLabel('Text', { exact: true }).fill('NEEDLE');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/search=NEEDLE/);
  await rows.getByRole('button', { name: /needle/ }).click();
  await expect(rows.getByRole('definition').filter({ hasText: /^1$/ })).toBeVisible();
  await rows.getByRole('link', { name: 'Open with its result' }).click();
  await expect(page.getByRole('gridcell', { name: 'needle' })).toBeVisible();
  await expect(editor(page)).toContainText("SELECT 'needle' AS found");
});

test('a saved query has values and versions; two who save at once lose nothing; what is deleted comes back', async ({
  signedIn: page,
  scan,
  browser,
  product,
}) => {
  await page.goto('/sql');
  await write(page, 'SELECT 1 AS n\nWHERE 1 = ?');
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('finance/monthly/margins');
  await dialog.getByLabel('Description', { exact: true }).fill('What is left of each sale');
  await dialog.getByLabel('Name of value 1').fill('wanted');
  await dialog.getByLabel('Type of value 1').selectOption('Integer');
  await dialog.getByLabel('Description of value 1').fill('How many are wanted');
  await dialog.getByLabel('Default of value 1').fill('one');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toContainText('Write a whole number');
  await dialog.getByLabel('Default of value 1').fill('1');
  await scan();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'finance/monthly/margins' })).toBeVisible();

  // Somebody else opens it and is first.
  await saveElsewhere(browser, product.url, product.administrator);
  await write(page, 'SELECT 3 AS n\nWHERE 1 = ?');
  await page.keyboard.press('ControlOrMeta+s');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toContainText('finance/monthly/margins has changed');
  await expect(dialog).toContainText('SELECT 2 AS n');
  await expect(dialog).toContainText('SELECT 3 AS n');
  await scan();
  await dialog.getByRole('button', { name: 'Save mine as version 3' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('link', { name: 'All saved queries' }).click();
  await page.getByRole('link', { name: '3, versions of finance/monthly/margins' }).click();
  const versions = page.getByRole('region', { name: 'Versions of finance/monthly/margins' });
  await versions.getByRole('button', { name: 'Compare with current' }).last().click();
  await expect(versions).toContainText('SELECT 1 AS n');
  await expect(versions).toContainText('SELECT 3 AS n');
  await scan();
  await versions.getByRole('button', { name: 'Restore' }).last().click();
  await expect(versions.getByRole('row').filter({ hasText: 'text of version 1' })).toContainText('Current');

  await menu(page, 'Rename or move');
  await dialog.getByLabel('Name', { exact: true }).fill('finance/margins');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByRole('rowheader', { name: /^finance\b/ })).toBeVisible();
  await page.getByRole('button', { name: 'Rename or move the folder finance', exact: true }).click();
  await expect(dialog).toContainText('1 query moves');
  await scan();
  await dialog.getByLabel('Folder', { exact: true }).fill('money/of the month');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByRole('rowheader', { name: /^money\/of the month/ })).toBeVisible();
  await page.getByRole('button', { name: 'Rename or move the folder money/of the month' }).click();
  await dialog.getByLabel('Folder', { exact: true }).fill('finance');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByRole('rowheader', { name: /^finance\b/ })).toBeVisible();
  await menu(page, 'Delete', 'finance/margins');
  await expect(page.getByRole('heading', { name: 'No saved query yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Deleted' }).click();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(page.getByText('Nothing was deleted.')).toBeVisible();
  await page.getByRole('link', { name: 'Back to all' }).click();
  await page.getByRole('link', { name: 'margins', exact: true }).click();
  await expect(editor(page)).toContainText('SELECT 1 AS n');
});

async function saveElsewhere(browser: Browser, url: string, who: { email: string; password: string }): Promise<void> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signIn(page, who.email, who.password);
  await page.goto('/sql');
  await page
    .getByRole('region', { name: 'Saved queries' })
    .getByRole('button', { name: 'margins', exact: true })
    .click();
  await write(page, 'SELECT 2 AS n\nWHERE 1 = ?');
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await context.close();
}

async function menu(page: Page, item: string, name = 'finance/monthly/margins'): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function run(page: Page, sql: string, state: string): Promise<void> {
  await write(page, sql);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('status').filter({ hasText: state })).toBeVisible();
}
