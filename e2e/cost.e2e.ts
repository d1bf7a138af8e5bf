/** What a statement costs, before and after it is run, and how it is worked on. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL editor' });
const estimate = (page: Page) => page.getByTestId('estimate');
const plan = (page: Page) => page.getByRole('region', { name: 'Plan' });

/** Four days of rows; `sold_at` goes with the day. */
const DAYS = `CREATE TABLE cost_days WITH (format = 'PARQUET', partitioned_by = ARRAY['dt']) AS
SELECT n AS id, CAST(n AS varchar) || ' was said' AS note,
  date_add('hour', 24 * (n % 4), TIMESTAMP '2024-01-01 06:00:00') AS sold_at,
  '2024-01-0' || CAST(n % 4 + 1 AS varchar) AS dt
FROM UNNEST(sequence(1, 400)) AS t (n)`;

test('a statement says what it costs, is written cheaper by one press, and shows its plan', async ({
  signedIn: page,
  scan,
}) => {
  await page.goto('/sql');
  await write(page, 'SELECT count(*) FROM nowhere_at_all');
  await expect(estimate(page)).toContainText('Cost unknown: there is no table');
  await write(page, DAYS);
  await expect(estimate(page)).toHaveText('Free: no table is read');
  await run(page);

  // `sold_at` is asked for, too: an engine may skip a column that is only compared, where a file's statistics answer that.
  const dear = "SELECT id, note, sold_at FROM cost_days WHERE sold_at >= TIMESTAMP '2024-01-04 00:00:00'";
  await write(page, dear);
  await expect(estimate(page)).toContainText('4 partitions · 4 files');
  await page.getByRole('button', { name: '1 cheaper way' }).click();
  const ways = page.getByRole('list', { name: 'Other ways to write it' });
  await expect(ways).toContainText("dt = '2024-01-04'");
  await scan();
  await ways.getByRole('button', { name: 'Apply' }).click();
  await expect(editor(page)).toContainText("WHERE dt = '2024-01-04' AND sold_at");
  await expect(estimate(page)).toContainText('1 partition · 1 file');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor(page)).toContainText('WHERE sold_at >=');
  // The capital letter, as a keyboard with Shift held sends it.
  await page.keyboard.press('ControlOrMeta+Shift+Z');
  await expect(editor(page)).toContainText("WHERE dt = '2024-01-04' AND sold_at");
  await expect(estimate(page)).toContainText('1 partition · 1 file');

  const before = (await estimate(page).locator('b').textContent()) ?? '';
  await run(page);
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toContainText(`scanned ${before} · $0.00007`);

  await write(page, 'SELECT id FROM cost_days@2001-01-01');
  await expect(estimate(page)).toContainText('Cost unknown: cost_days@2001-01-01 is no table of files');

  await write(page, dear.replace('WHERE', "WHERE dt = '2024-01-04' AND"));
  await expect(estimate(page)).toContainText('1 partition · 1 file');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(plan(page).getByText('Read a table')).toBeVisible();
  await expect(plan(page)).toContainText('retail.cost_days');
  await expect(plan(page)).toContainText('[2024-01-04]');
  await page.getByRole('button', { name: 'Measure it' }).click();
  await expect(plan(page).getByText('100 rows').first()).toBeVisible();
  await expect(plan(page).getByText('Costliest step')).toBeVisible();
  await scan();
  await page.getByRole('button', { name: 'As text' }).click();
  await expect(plan(page)).toContainText('"fragments"');
  await page.getByRole('button', { name: 'Back to the result' }).click();
  await expect(plan(page)).toBeHidden();

  // The history tells the console's own EXPLAINs from what people wrote.
  await page.goto('/sql/history');
  const asked = page.getByRole('row').filter({ hasText: 'EXPLAIN ANALYZE' });
  await expect(asked).toContainText('Plan, asked for by the console');
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
