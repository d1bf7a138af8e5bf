/** The data API: a token made on the page, and every answer that its document declares. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AthenaClient, CreateNamedQueryCommand } from '@aws-sdk/client-athena';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { tableFromIPC } from 'apache-arrow';
import { readLakeCredentials } from '../scripts/launch/lake-credentials.ts';
import { expect, type Product, test } from './fixtures.ts';

const run = promisify(execFile);

test.describe.configure({ mode: 'serial' });

let token: string;
let catalogToken: string;
const SLOW =
  'SELECT count(*) FROM UNNEST(sequence(1,10000)) a(x) CROSS JOIN UNNEST(sequence(1,10000)) b(y) ' +
  'CROSS JOIN UNNEST(sequence(1,1000)) c(z) WHERE x * y + z = -1';

test('a token is made, shown once, and used from a page that explains', async ({ signedIn: page, scan }) => {
  await page.goto('/connect');
  await expect(page.getByText('No token yet')).toBeVisible();
  await scan();
  token = await makeToken(page, 'notebook');
  catalogToken = await makeToken(page, 'catalogue', ['Run queries and read results']);
  await expect(page.getByRole('row', { name: /notebook/ })).toContainText('Never');

  const read = page.getByRole('region', { name: 'GET /query', exact: true });
  await read.getByRole('textbox', { name: 'query text' }).fill("SELECT 2 AS two, 'x' AS x");
  await read.getByRole('button', { name: 'Try it' }).click();
  await expect(read.getByRole('status')).toContainText('Answered 200');
  await expect(read.getByRole('region', { name: 'Answer' })).toContainText('"two": 2');
  await page.getByLabel('Language of the examples').selectOption('Python');
  await expect(read).toContainText('requests.get(');
  await scan();
});

test('GET /query answers typed rows, pages, and places of errors', async ({ request }) => {
  const one = await get(request, '/query', {
    query: "SELECT 1 AS a, CAST('12.50' AS decimal(4,2)) AS b, true AS c, CAST(NULL AS varchar) AS d",
  });
  expect(one.status()).toBe(200);
  expect(await one.text()).toContain('"results":[{"a":1,"b":12.50,"c":true,"d":null}]');
  expect(one.headers().ratelimit).toMatch(/^"minute";r=\d+;t=\d+$/);

  const first = await (
    await get(request, '/query', { query: 'SELECT n FROM UNNEST(sequence(1, 25)) t(n) ORDER BY 1', limit: '10' })
  ).json();
  expect([first.results.length, first.truncated]).toEqual([10, true]);
  const second = await (await get(request, '/query', { next: first.next, limit: '20' })).json();
  expect(second.results.map(({ n }: { n: number }) => n)).toEqual(Array.from({ length: 15 }, (_, index) => index + 11));
  expect(second.truncated).toBe(false);

  const wrong = await get(request, '/query', { query: 'SELECT 1,\n  nothing FROM (VALUES 1) t(a)' });
  expect(wrong.status()).toBe(400);
  expect(wrong.headers()['content-type']).toBe('application/problem+json');
  expect(await wrong.json()).toMatchObject({ status: 400, name: 'COLUMN_NOT_FOUND', line: 2, column: 3 });
});

test('only reads', async ({ request }) => {
  for (const query of [
    'DROP TABLE x',
    'CREATE TABLE t AS SELECT 1',
    'INSERT INTO t SELECT 1',
    'SELECT 1; DROP TABLE x',
    '/* SELECT */ MSCK REPAIR TABLE t',
  ])
    expect((await get(request, '/query', { query })).status(), query).toBe(400);
});

test('a long statement is started, looked at, cancelled; a result comes in the format asked for', async ({
  request,
}) => {
  const started = await request.post('/api/v1/queries', {
    headers: bearer(token),
    data: { query: 'SELECT n, n % 2 = 0 AS even FROM UNNEST(sequence(1, 2500)) t(n)' },
  });
  expect(started.status()).toBe(202);
  const { id } = await started.json();
  await expect.poll(async () => (await (await get(request, `/api/v1/queries/${id}`)).json()).status).toBe('succeeded');
  const results = (accept: string) =>
    request.get(`/api/v1/queries/${id}/results`, { headers: { ...bearer(token), accept } });
  expect(await (await results('application/json')).json()).toHaveLength(2500);
  expect((await (await results('application/x-ndjson')).text()).split('\n')[1]).toBe('{"n":2,"even":true}');
  expect((await (await results('text/csv')).text()).split('\r\n').slice(0, 2)).toEqual(['n,even', '1,false']);
  expect((await results('application/pdf')).status()).toBe(406);
  const arrow = tableFromIPC(await (await results('application/vnd.apache.arrow.stream')).body());
  expect([arrow.numRows, arrow.getChild('n')?.get(2499), arrow.getChild('even')?.get(0)]).toEqual([2500, 2500n, false]);
  const parquet = await (await results('application/vnd.apache.parquet')).body();
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);

  const slow = await (await request.post('/api/v1/queries', { headers: bearer(token), data: { query: SLOW } })).json();
  expect((await get(request, `/api/v1/queries/${slow.id}/results`)).status()).toBe(409);
  expect((await request.delete(`/api/v1/queries/${slow.id}`, { headers: bearer(token) })).status()).toBe(204);
  await expect
    .poll(async () => (await (await get(request, `/api/v1/queries/${slow.id}`)).json()).status)
    .toBe('cancelled');
});

test('a saved query is an endpoint that is tried in the page, and its code runs', async ({
  signedIn: page,
  product,
  scan,
}) => {
  await page.goto('/sql');
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('SELECT n FROM UNNEST(sequence(1, 5)) t(n) WHERE n >= ? ORDER BY n');
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('sales/above');
  await dialog.getByLabel('Name of value 1').fill('least');
  await dialog.getByLabel('Type of value 1').selectOption('Integer');
  await dialog.getByLabel('Default of value 1').fill('3');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await saveQuery(product, 'other', 'SELECT 1 AS one');
  await page.goto('/connect');
  const panel = page.getByRole('region', { name: 'Saved queries as endpoints' });
  // What is chosen before the page has come alive is not heard.
  await expect(async () => {
    await panel.getByLabel('Saved query', { exact: true }).selectOption('sales/above');
    await expect(panel.getByRole('region', { name: 'GET /api/v1/saved/sales/above', exact: true })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await expect(panel.getByLabel('least')).toHaveAttribute('placeholder', '3');
  await panel.getByLabel('least').fill('4');
  await panel.getByRole('button', { name: 'Try it' }).click();
  await expect(panel.getByRole('status')).toContainText('Answered 200');
  await expect(panel.getByRole('region', { name: 'Answer' })).toContainText('"n": 5');
  await panel.getByRole('button', { name: 'Ask again with its ETag' }).click();
  await expect(panel.getByRole('status')).toContainText('Answered 304');
  await expect(panel).toContainText('nothing was scanned');
  await panel.getByLabel('least').fill('many');
  await panel.getByRole('button', { name: 'Try it' }).click();
  await expect(panel.getByRole('status')).toContainText('Answered 400');
  await expect(panel.getByRole('region', { name: 'Answer' })).toContainText('"parameter": "least"');
  await scan();

  await panel.getByLabel('least').fill('4');
  const code = panel.getByRole('region', { name: 'Code for' });
  await runSnippets(panel, code, {
    curl: /"results":\[\{"n":4\},\{"n":5\}\]/,
    JavaScript: /results: \[ \{ n: 4 \}, \{ n: 5 \} \]/,
    Python: /'results': \[\{'n': 4\}, \{'n': 5\}\]/,
  });
  const frame = /n\s+0\s+4\s+1\s+5/;
  await panel.getByLabel('Format of the answer').selectOption('text/csv');
  await runSnippets(panel, code, { curl: /^n\r?\n4\r?\n5/, JavaScript: /^n\r?\n4\r?\n5/, Python: frame });
  for (const format of ['application/vnd.apache.parquet', 'application/vnd.apache.arrow.stream']) {
    await panel.getByLabel('Format of the answer').selectOption(format);
    await runSnippets(panel, code, { JavaScript: /Uint8Array/, Python: frame });
  }
  await panel.getByRole('button', { name: 'Try it' }).click();
  await expect(panel.getByRole('link', { name: /^Save the answer/ })).toBeVisible();
});

test('a token may be for one saved query alone', async ({ signedIn: page, request }) => {
  await page.goto('/connect');
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByText('Only certain saved queries').click();
  await page.getByLabel('other', { exact: true }).check();
  const only = await fillToken(page, 'dashboard', ['Run queries and read results', 'List tables and columns']);
  await expect(page.getByRole('row', { name: /dashboard/ })).toContainText('saved · 1');
  const status = async (address: string) => (await request.get(address, { headers: bearer(only) })).status();
  expect(await status('/api/v1/saved/other')).toBe(200);
  expect(await status('/api/v1/saved/sales/above')).toBe(403);
  expect(await status('/query?query=SELECT+1')).toBe(403);
});

test('what takes too long is cancelled, what is nobody’s is refused', async ({ request }) => {
  expect((await get(request, '/query', { query: SLOW, timeout: '1' })).status()).toBe(504);
  expect((await request.get('/query?query=SELECT+1')).status()).toBe(401);
  expect((await request.get('/query?query=SELECT+1', { headers: bearer('lacustre_nobody') })).status()).toBe(401);
  expect((await request.get('/query?query=SELECT+1', { headers: bearer(catalogToken) })).status()).toBe(403);
  expect((await request.get('/api/v1/tables', { headers: bearer(catalogToken) })).status()).toBe(200);
  expect((await get(request, '/api/v1/queries/00000000-0000-4000-8000-000000000000')).status()).toBe(404);
});

test('nonsense is refused and never breaks anything', async ({ request }) => {
  const nonsense: Record<string, string>[] = [
    {},
    { query: '' },
    { query: ' ' },
    { query: 'x'.repeat(5000) },
    { query: '\0' },
    { query: "SELECT 'open" },
    { query: 'SELECT 1', limit: '0' },
    { query: 'SELECT 1', limit: '-1' },
    { query: 'SELECT 1', limit: 'many' },
    { query: 'SELECT 1', timeout: '1e9' },
    { next: 'x' },
    { next: Buffer.from('["a","b"]').toString('base64url') },
    { next: Buffer.from('[1]').toString('base64url') },
    { query: 'SELECT 1', next: 'x' },
    { query: '('.repeat(200) },
    { query: '🦆' },
    { query: 'SELECT "a' },
    { query: 'SELECT * FROM "../../etc"' },
  ];
  for (const params of nonsense) {
    const answer = await get(request, '/query', params);
    expect([answer.status() >= 400 && answer.status() < 500, JSON.stringify(params)]).toEqual([
      true,
      JSON.stringify(params),
    ]);
  }
  for (const data of ['', '{', '[]', '{"query":7}', 'null']) {
    const answer = await request.post('/api/v1/queries', {
      headers: { ...bearer(token), 'content-type': 'application/json' },
      data: Buffer.from(data),
    });
    expect(answer.status(), data).toBe(400);
  }
});

test('too many requests in a minute are told when to come back', async ({ request }) => {
  // Refused for what they ask, which takes no time, until they are refused for being too many.
  const ask = () => request.get('/api/v1/tables?x=1&x=2', { headers: bearer(catalogToken) });
  let last = await ask();
  for (let n = 0; n < 130 && last.status() === 400; n++) last = await ask();
  expect(last.status()).toBe(429);
  expect(Number(last.headers()['retry-after'])).toBeGreaterThan(0);
});

test('a revoked token is refused at once', async ({ signedIn: page, request }) => {
  await page.goto('/connect');
  await page.getByRole('button', { name: 'Revoke notebook' }).click();
  await page.getByRole('button', { name: 'Revoke the token' }).click();
  await expect(page.getByText('notebook is revoked', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /notebook/ })).toBeHidden();
  expect((await get(request, '/query', { query: 'SELECT 1' })).status()).toBe(401);
});

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

function get(request: APIRequestContext, address: string, params: Record<string, string> = {}) {
  return request.get(address, { params, headers: bearer(token) });
}

async function makeToken(page: Page, name: string, without: string[] = []): Promise<string> {
  await page.getByRole('button', { name: 'New token' }).click();
  return fillToken(page, name, without);
}

async function fillToken(page: Page, name: string, without: string[]): Promise<string> {
  await page.getByLabel('Name').fill(name);
  for (const scope of without) await page.getByLabel(scope).uncheck();
  await page.getByRole('button', { name: 'Make the token' }).click();
  const secret = page.getByRole('dialog', { name: `${name} is made` }).locator('code');
  await expect(secret).toHaveText(/^lacustre_/);
  const text = (await secret.textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  return text;
}

/** As somebody saves it with Athena itself. */
async function saveQuery({ lakePort, dataFolder }: Product, Name: string, QueryString: string): Promise<void> {
  const credentials = await readLakeCredentials(dataFolder);
  const athena = new AthenaClient({ endpoint: `http://127.0.0.1:${lakePort}`, region: 'eu-west-3', credentials });
  await athena.send(new CreateNamedQueryCommand({ Name, QueryString, Database: 'retail', WorkGroup: 'lacustre' }));
}

/** Runs what the page shows for each language, as a person who copies it would. */
async function runSnippets(panel: Locator, code: Locator, printed: Partial<Record<string, RegExp>>): Promise<void> {
  for (const [language, expected] of Object.entries(printed)) {
    await panel.getByLabel('Language of the examples').selectOption(language);
    const text = (await code.textContent()) ?? '';
    const tool =
      { curl: ['sh', '-c'], JavaScript: [process.execPath, '--input-type=module', '-e'], Python: ['python3', '-c'] }[
        language
      ] ?? [];
    if (!(await isThere(language, text))) {
      test
        .info()
        .annotations.push({ type: 'notice', description: `${language} is not here: its snippet was not run.` });
      continue;
    }
    const [command = '', ...options] = tool;
    const { stdout } = await run(command, [...options, text], {
      env: { ...process.env, FORCE_COLOR: '0', LACUSTRE_TOKEN: token },
    });
    expect(stdout, `${language}: ${text}`).toMatch(expected ?? /./);
  }
}

/** Whether the tool is on this machine, with the packages that the code asks for. */
async function isThere(language: string, code: string): Promise<boolean> {
  const imports = code.split('\n').filter((line) => line.startsWith('import '));
  try {
    if (language === 'curl') await run('curl', ['--version']);
    if (language === 'Python') await run('python3', ['-c', imports.join('\n')]);
    return true;
  } catch {
    return false;
  }
}
