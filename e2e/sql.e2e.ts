/** The workbench: tabs that outlive a reload, queries that are saved for everybody. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL editor' });

test('tabs come back after a reload with text, result and what is not saved', async ({ signedIn: page, scan }) => {
  await page.goto('/sql');
  await write(page, "SELECT 'first tab' AS said");
  await run(page);
  await expect(page.getByRole('gridcell', { name: 'first tab' })).toBeVisible();
  await page.getByRole('button', { name: 'New tab' }).click();
  await write(page, 'SELECT 2 AS two');
  await run(page);
  await scan();

  await page.reload();
  await expect(page.getByRole('tab')).toHaveCount(2);
  await expect(page.getByRole('tab', { name: 'Untitled 2' })).toHaveAttribute('aria-selected', 'true');
  await expect(editor(page)).toContainText('SELECT 2 AS two');
  // The result is Athena's: it is found again, and nothing is run a second time.
  await expect(page.getByRole('columnheader', { name: 'two' })).toBeVisible();
  await page.getByRole('tab', { name: 'Untitled 2' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(editor(page)).toContainText('first tab');
  await expect(page.getByRole('gridcell', { name: 'first tab' })).toBeVisible();
  await page.getByRole('tab', { name: 'Untitled 1' }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('tab')).toHaveCount(1);
});

test('a name that nothing has is underlined before the run', async ({ signedIn: page }) => {
  await page.goto('/sql');
  await write(page, 'CREATE TABLE named_things AS SELECT 1 AS amount');
  await run(page);
  await write(
    page,
    'WITH t AS (SELECT amount FROM named_things)\nSELECT t.amont, summ(amount) FROM t ORDER BY amount;',
  );
  const marks = page.locator('.cm-lintRange-warning');
  await expect.poll(async () => (await marks.allTextContents()).join('')).toBe('t.amontsumm');
  await marks.first().hover();
  await expect(page.locator('.cm-tooltip-lint')).toContainText(
    "COLUMN_NOT_FOUND: line 2:8: Column 't.amont' cannot be resolved",
  );
  await write(
    page,
    'WITH t AS (SELECT amount FROM named_things)\nSELECT t.amount, sum(amount) FROM t GROUP BY amount;',
  );
  await expect(marks).toHaveCount(0);
});

test('a query is saved, changed and opened', async ({ signedIn: page, scan }) => {
  await page.goto('/sql');
  await write(page, 'SELECT 40 + 2 AS answer');
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByLabel('Name', { exact: true }).fill('month end/answers');
  await scan();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'month end/answers' })).toBeVisible();

  await write(page, 'SELECT 43 AS answer');
  await expect(page.getByRole('tab', { name: /month end\/answers.*Not saved/ })).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: 'Close this tab' }).click();
  const saved = page.getByRole('region', { name: 'Saved queries' });
  await saved.getByRole('button', { name: 'answers', exact: true }).click();
  await expect(editor(page)).toContainText('SELECT 43 AS answer');
});

test('a saved query comes with its chart and its parameters', async ({ signedIn: page }) => {
  await page.goto('/sql');
  await page.getByRole('button', { name: 'New tab' }).click();
  await write(page, "SELECT city, n FROM (VALUES ('Lille', 2), ('Lens', 3)) AS t(city, n) WHERE city <> ?");
  await page.getByLabel('?1 city', { exact: true }).fill('Lille');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('gridcell', { name: 'Lens' })).toBeVisible();
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await page.getByLabel('Chart', { exact: true }).selectOption({ label: 'Pie' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('towns');
  await dialog.getByLabel('Name of value 1').fill('town');
  await dialog.getByLabel('Default of value 1').fill('Lens');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'towns' })).toBeVisible();

  await page.getByRole('button', { name: 'Close this tab' }).last().click();
  await page.getByRole('region', { name: 'Saved queries' }).getByRole('button', { name: 'towns', exact: true }).click();
  await expect(page.getByLabel('?1 town', { exact: true })).toHaveValue('Lens');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('gridcell', { name: 'Lille' })).toBeVisible();
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await expect(page.getByLabel('Chart', { exact: true })).toHaveValue('pie');
  await expect(page.getByRole('tab', { name: /Not saved/ })).toHaveCount(0);
});

test('a link opens its statement in a tab of its own, once', async ({ signedIn: page }) => {
  await page.goto('/sql');
  await write(page, 'SELECT 98');
  await page.goto('/sql?query=SELECT+99');
  await expect(editor(page)).toContainText('SELECT 99');
  await expect(page.getByRole('tab')).toHaveCount(2);
  await expect(page).toHaveURL(/\/sql$/);
  await page.reload();
  await expect(editor(page)).toContainText('SELECT 99');
  await expect(page.getByRole('tab')).toHaveCount(2);
});

async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function run(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible();
}
