/** The result of a query: the grid and what can be asked of it, charts, and exports. */
import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from './fixtures.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const ALL_TYPES = `SELECT * FROM (VALUES
  (BIGINT '9007199254740993', DECIMAL '1204.50', true, DATE '2026-11-25', TIMESTAMP '2026-11-25 14:03:00', 'Lyon', '{"depth":[1,2],"ok":true}'),
  (BIGINT '2', DECIMAL '-3.25', false, DATE '2026-11-26', TIMESTAMP '2026-11-26 00:00:00', '=1+1', NULL),
  (BIGINT '30', DECIMAL '7.00', true, DATE '2026-11-27', TIMESTAMP '2026-11-27 08:00:00', '', '[]'),
  (BIGINT '4', NULL, NULL, NULL, NULL, NULL, NULL)
) AS t(id, price, ok, day, at, city, doc)`;

const MILLION = `SELECT (a - 1) * 1000 + b AS n, 'row ' || CAST((a - 1) * 1000 + b AS varchar) AS label, b AS part
FROM UNNEST(sequence(1, 1000)) AS t(a) CROSS JOIN UNNEST(sequence(1, 1000)) AS u(b) ORDER BY 1`;

const grid = (page: Page) => page.getByRole('grid', { name: 'Rows of the result' });
const cell = (page: Page, name: string | RegExp) => grid(page).getByRole('gridcell', { name, exact: true });
const menu = (page: Page, item: string) => page.getByRole('menuitem', { name: item, exact: true });

test('a result is read, sorted, filtered, copied and looked into by keyboard', async ({ signedIn: page, scan }) => {
  await run(page, ALL_TYPES);
  await expect(cell(page, '9,007,199,254,740,993')).toBeVisible();
  await expect(cell(page, '""')).toBeVisible();
  await expect(cell(page, 'null')).toHaveCount(7);
  await scan();

  // Enter on a header sorts: up, down, and not at all.
  await grid(page).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('columnheader', { name: /^id/ })).toHaveAttribute('aria-sort', 'ascending');
  await expect(grid(page).getByRole('row').nth(1)).toContainText('−3.25');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('row').nth(1)).toContainText('9,007,199,254,740,993');

  // A range of cells, with its headers: of the sorted rows, as Athena wrote them.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ControlOrMeta+Shift+c');
  await expect(page.getByText('4 cells copied')).toBeVisible();
  expect(await clipboard(page)).toBe('id\tprice\n9007199254740993\t1204.50\n30\t7.00');
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => clipboard(page)).toBe('9007199254740993\t1204.50\n30\t7.00');

  // What a column holds.
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await menu(page, 'Statistics').click();
  const stats = page.getByRole('dialog', { name: 'Statistics of price' });
  await expect(stats).toContainText('402.75');
  await expect(stats).toContainText('1 (25%)');
  await scan();
  await page.keyboard.press('Escape');

  // Only rows between two numbers.
  await page.keyboard.press('Alt+ArrowDown');
  await menu(page, 'Filter…').click();
  await page.getByLabel('From', { exact: true }).fill('0');
  await page.getByLabel('To', { exact: true }).fill('1,000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 4 rows')).toBeVisible();
  await page.getByRole('button', { name: 'Remove: price from 0 to 1000' }).click();
  await expect(cell(page, '9,007,199,254,740,993')).toBeVisible();

  // One row with everything in it, JSON laid out; the next; and back to the grid.
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('Enter');
  const row = page.getByRole('region', { name: /^Row 1$/ });
  await expect(row.getByRole('region', { name: 'doc' })).toContainText('"depth": [');
  await scan();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('region', { name: /^Row 3$/ })).toContainText('Empty text');
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();

  // Wider by keyboard.
  const before = (await grid(page).getByRole('columnheader', { name: /^id/ }).boundingBox())?.width ?? 0;
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect
    .poll(async () => (await grid(page).getByRole('columnheader', { name: /^id/ }).boundingBox())?.width)
    .toBe(before + 16);
});

test('a result is drawn in every kind of chart, over all of its rows', async ({ signedIn: page, scan }) => {
  await run(
    page,
    "SELECT city, year, n FROM (VALUES ('Lyon', 2025, 2), ('Nîmes', 2025, 4), ('Lyon', 2026, 3)) AS t(city, year, n)",
  );
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await expect(page.getByRole('figure', { name: 'Sum of n by city' })).toBeVisible();
  await expect(page.getByText('all 3 rows')).toBeVisible();
  for (const kind of ['Line', 'Area', 'Points', 'Pie', 'Bars']) {
    await page.getByLabel('Chart', { exact: true }).selectOption({ label: kind });
    await expect(page.getByRole('figure').locator('svg').first()).toBeVisible();
  }
  await page.getByLabel('Equal ones as').selectOption({ label: 'average' });
  await page.getByLabel('Colours by').selectOption({ label: 'year' });
  await scan();
  await page.getByRole('button', { name: 'As a table' }).click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: 'Lyon 2 3' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'Nîmes 4 null' })).toBeVisible();
});

test('a result is saved in each format, with its types and its digits', async ({ signedIn: page }) => {
  await run(page, ALL_TYPES);
  await expect(grid(page)).toBeVisible();
  const save = async (label: string, of = 'The whole result') => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('group', { name: of }).getByRole('menuitem', { name: label, exact: true }).click();
    const download = await coming;
    return { name: download.suggestedFilename(), path: await download.path() };
  };

  const csv = await save('CSV for spreadsheets');
  expect(csv.name).toMatch(/-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(csv.path, 'utf8')).split('\r\n');
  expect(lines[0]).toBe('\ufeffid,price,ok,day,at,city,doc');
  expect(lines[2]).toBe("2,-3.25,false,2026-11-26,2026-11-26 00:00:00.000,'=1+1,");
  await expect(page.getByText(/saved: 4 rows/)).toBeVisible();

  const json = JSON.parse(await readFile((await save('JSON')).path, 'utf8')) as { city: string | null }[];
  expect(json.map(({ city }) => city)).toEqual(['Lyon', '=1+1', '', null]);
  const ndjson = await readFile((await save('JSON, one row a line')).path, 'utf8');
  expect(ndjson.split('\n')[0]).toContain('{"id":9007199254740993,"price":1204.50,"ok":true,"day":"2026-11-25"');

  const sheet = unzipSync(await readFile((await save('Excel')).path))['xl/worksheets/sheet1.xml'];
  expect(strFromU8(sheet ?? new Uint8Array())).toContain('<c r="B3"><v>-3.25</v></c>');

  const parquet = await save('Parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  const read = await connection.runAndReadAll(
    `SELECT id::varchar, typeof(price)[:7], price::varchar, day::varchar, city FROM read_parquet('${parquet.path}') WHERE city IS NOT NULL`,
  );
  expect(read.getRows()[0]).toEqual(['9007199254740993', 'DECIMAL', '1204.50', '2026-11-25', 'Lyon']);

  const raw = await readFile((await save('CSV as Athena wrote it')).path, 'utf8');
  expect(raw.split('\n')[0]).toBe('"id","price","ok","day","at","city","doc"');

  // Sorted and filtered: what is shown is offered beside all rows, and is as safe.
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('columnheader', { name: /^id/ })).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await menu(page, 'Filter…').click();
  await page.getByLabel('To', { exact: true }).fill('1,000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 4 rows')).toBeVisible();
  const shown = await readFile((await save('CSV for spreadsheets', 'What is shown: 2 rows')).path, 'utf8');
  expect(shown.split('\r\n').map((line) => line.split(',')[0])).toEqual(['\ufeffid', '30', '2', '']);
  expect(shown).toContain(",'=1+1,");
  const all = await readFile((await save('JSON, one row a line')).path, 'utf8');
  expect(all.trim().split('\n')).toHaveLength(4);
});

test('a million rows are jumped through, sorted and filtered', async ({ signedIn: page }) => {
  await run(page, MILLION);
  await expect(page.getByRole('status').filter({ hasText: '1,000,000 rows' })).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await expect(cell(page, 'row 1000000')).toBeVisible();
  expect(await grid(page).getByRole('gridcell').count()).toBeLessThan(400);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ControlOrMeta+Home');
  await expect(cell(page, 'row 1')).toBeVisible();

  // The scrollbar reaches the middle, and the wheel goes on from there by as much as it turns.
  await grid(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await expect(cell(page, /^row (4|5)\d{5}$/).first()).toBeVisible();

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'row 1000000')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await menu(page, 'Filter…').click();
  await page.getByLabel('Value').fill('99999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('19 of 1,000,000 rows')).toBeVisible();
  await expect(cell(page, 'row 999999')).toBeVisible();
});

test('somebody else’s export is neither seen nor stopped, and nonsense is refused', async ({ signedIn: page }) => {
  await page.goto('/sql');
  const ask = (path: string) => page.request.get(`/api/queries/${path}`);
  expect((await ask('nothing/result')).status()).toBeGreaterThanOrEqual(400);
  expect((await ask('a/rows?from=-1&count=10')).status()).toBe(400);
  expect((await ask('a/rows?from=0&count=10&view=%7B')).status()).toBe(400);
  expect((await ask('a/export?format=exe&name=x&ticket=x')).status()).toBe(400);
  const unknown = await ask(`a/export?ticket=${crypto.randomUUID()}`);
  expect(await unknown.json()).toEqual({ state: 'waiting', rows: 0, bytes: 0 });
});

async function run(page: Page, sql: string): Promise<void> {
  await page.goto('/sql');
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible();
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
