/** The data API: a token made on the page, and every answer that its document declares. */
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

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
  await read.getByLabel('Statement').fill("SELECT 2 AS two, 'x' AS x");
  await read.getByRole('button', { name: 'Try it' }).click();
  await expect(read.getByRole('status')).toHaveText('Answered 200');
  await expect(read.getByRole('region', { name: 'Answer' })).toContainText('"two": 2');
  await page.getByRole('button', { name: 'Python' }).click();
  await expect(read).toContainText('requests.get(');
  await scan();
});

test('GET /query answers typed rows, pages, and places of errors', async ({ request }) => {
  const one = await get(request, '/query', {
    query: "SELECT 1 AS a, CAST('12.50' AS decimal(4,2)) AS b, true AS c, CAST(NULL AS varchar) AS d",
  });
  expect(one.status()).toBe(200);
  expect(await one.text()).toContain('"results":[{"a":1,"b":12.50,"c":true,"d":null}]');
  expect(Number(one.headers()['ratelimit-remaining'])).toBeGreaterThan(0);

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

  const slow = await (await request.post('/api/v1/queries', { headers: bearer(token), data: { query: SLOW } })).json();
  expect((await get(request, `/api/v1/queries/${slow.id}/results`)).status()).toBe(409);
  expect((await request.delete(`/api/v1/queries/${slow.id}`, { headers: bearer(token) })).status()).toBe(204);
  await expect
    .poll(async () => (await (await get(request, `/api/v1/queries/${slow.id}`)).json()).status)
    .toBe('cancelled');
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
  let last = await request.get('/api/v1/tables', { headers: bearer(catalogToken) });
  for (let n = 0; n < 130 && last.status() === 200; n++)
    last = await request.get('/api/v1/tables', { headers: bearer(catalogToken) });
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
  await page.getByLabel('Name').fill(name);
  for (const scope of without) await page.getByLabel(scope).uncheck();
  await page.getByRole('button', { name: 'Make the token' }).click();
  const secret = page.getByRole('dialog', { name: `${name} is made` }).locator('code');
  await expect(secret).toHaveText(/^lacustre_/);
  const text = (await secret.textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  return text;
}
