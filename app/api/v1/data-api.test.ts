/** Every answer that the document declares is provoked, an unchanged answer scans nothing, and no input breaks anything. */
import { BatchGetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as query from '../../query/route';
import { ApiUnderTest, type Call } from './_testing/api';
import * as document from './openapi.json/route';
import * as queryResults from './queries/[id]/results/route';
import * as queryState from './queries/[id]/route';
import * as queries from './queries/route';
import * as savedOne from './saved/[...path]/route';
import * as savedList from './saved/route';
import * as tables from './tables/route';

let api: ApiUnderTest;
const DEAD = 'dead@example.com';
vi.mock('@/lib/auth/context', () => ({ findContext: async () => undefined }));
vi.mock('@/lib/auth/request-origin', () => ({ requestOrigin: async () => ({ sourceIp: '192.0.2.1' }) }));
vi.mock('@/lib/db', () => ({ db: async () => api.database.prisma }));
vi.mock('@/lib/aws/clients', () => ({
  clientsFor: ({ email }: { email: string }) =>
    email === DEAD ? api.dead : { athena: api.athena, glue: api.glue, s3: api.s3 },
}));
vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    database: 'retail',
    versionsDatabase: 'versions',
    workGroup: 'lacustre',
    processedBucket: 'processed',
  }),
}));

/** Long enough to be cancelled when its `size` is large, over at once when it is not. */
const SIZED = `SELECT count(*) AS n FROM sales CROSS JOIN UNNEST(sequence(1, ?)) a(x) CROSS JOIN UNNEST(sequence(1, ?)) b(y)
CROSS JOIN UNNEST(sequence(1, 1000)) c(z) WHERE (x * y * z) % 7 < 7 AND CAST(sold AS date) >= ?`;
const size = { name: 'size', type: 'integer', default: '1', description: 'How much work it is' } as const;
const sized = {
  name: 'finance/daily size',
  sql: SIZED,
  parameters: [size, size, { name: 'since', type: 'date' as const, default: '2000-01-01' }],
};
const BY_PLACE = 'SELECT location, amount FROM sales WHERE location = ? ORDER BY amount';
const byPlace = {
  name: 'by place',
  sql: BY_PLACE,
  parameters: [{ name: 'place', type: 'text' as const, description: 'Where' }],
};

let token: string;
let sizedId: string;
let sizedVersion = 1;
let byPlaceId: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  api.use({
    '/query': query,
    '/api/v1/queries': queries,
    '/api/v1/queries/{id}': queryState,
    '/api/v1/queries/{id}/results': queryResults,
    '/api/v1/saved': savedList,
    '/api/v1/saved/{path}': savedOne,
    '/api/v1/tables': tables,
    '/api/v1/openapi.json': document,
  });
  await api.addTable('sales', { location: 'string', amount: 'double', sold: 'string' });
  await api.putFile('sales/a.csv', 'London,10.5,2024-01-15\n"Paris, 5e",3,2024-01-16\n');
  token = await api.token();
  sizedId = (await api.save(sized)).id;
  byPlaceId = (await api.save(byPlace)).id;
});
afterAll(() => api?.close());

describe('a saved query', () => {
  const as = (key: string, call: Call & { path?: string } = {}) =>
    api.call(`/api/v1/saved/${call.path ?? 'by%20place'}?place=${key}`, { token, ...call });

  it('is answered 304 while nothing that it reads has changed, and then nothing is run', async () => {
    const first = await as('London');
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ name: 'by place', results: [{ location: 'London', amount: 10.5 }] });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const runs = (await api.executions()).length;

    const unchanged = await as('London', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag]);
    const again = await as('London', { token: await api.token(), path: byPlaceId });
    expect((await again.json()).results).toHaveLength(1);
    expect(again.headers.get('etag')).toBe(etag);
    const arrow = await as('London', { headers: { accept: 'application/vnd.apache.arrow.stream' } });
    expect(arrow.headers.get('etag')).not.toBe(etag);
    expect(
      tableFromIPC(new Uint8Array(await arrow.arrayBuffer()))
        .getChild('amount')
        ?.get(0),
    ).toBe(10.5);
    expect(await api.executions()).toHaveLength(runs);

    const other = await as('Paris%2C%205e', { headers: { 'if-none-match': etag } });
    expect((await other.json()).results).toEqual([{ location: 'Paris, 5e', amount: 3 }]);
    expect(await api.executions()).toHaveLength(runs + 1);
  });

  it('is run again when a file comes, the table changes, or its own text does', async () => {
    const read = async (etag = '""') => {
      const answer = await as('London', { headers: { 'if-none-match': etag } });
      return { status: answer.status, etag: answer.headers.get('etag') ?? '', text: await answer.text() };
    };
    const before = await read();
    await api.putFile('sales/b.csv', 'London,7,2024-02-01\n');
    const withFile = await read(before.etag);
    expect([withFile.status, JSON.parse(withFile.text).results.length]).toEqual([200, 2]);
    await api.putFile('sales/b.csv', 'London,8,2024-02-01\n');
    const overwritten = await read(withFile.etag);
    expect(JSON.parse(overwritten.text).results[0].amount).toBe(8);
    expect((await read(overwritten.etag)).status).toBe(304);
    const sql = BY_PLACE.replace('location, amount', 'amount');
    const { version } = await api.save({ ...byPlace, id: byPlaceId, baseVersion: 1, sql });
    const rewritten = await read(overwritten.etag);
    expect(JSON.parse(rewritten.text).results[0]).toEqual({ amount: 8 });
    await api.save({ ...byPlace, id: byPlaceId, baseVersion: version });
    expect((await read(overwritten.etag)).status).toBe(304);
  });

  it('is run once for those who ask the same at the same moment', async () => {
    const runs = (await api.executions()).length;
    const answers = await Promise.all([1, 2, 3].map(() => as('Rome')));
    expect(await Promise.all(answers.map(async (answer) => (await answer.json()).results))).toEqual([[], [], []]);
    expect(await api.executions()).toHaveLength(runs + 1);
  });

  it('has no ETag where the clock decides too', async () => {
    const { id } = await api.save({ name: 'clock', sql: 'SELECT now() AS at, count(*) AS n FROM sales' });
    const first = await api.call(`/api/v1/saved/${id}`, { token, headers: { 'if-none-match': '*' } });
    expect([first.status, first.headers.get('etag'), first.headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ]);
    const runs = (await api.executions()).length;
    await api.call(`/api/v1/saved/${id}`, { token });
    expect(await api.executions()).toHaveLength(runs + 1);
  });

  it('sends values as parameters of the execution, never within the statement', async () => {
    const nasty = "x' OR '1'='1";
    const answer = await as(encodeURIComponent(nasty));
    expect((await answer.json()).results).toEqual([]);
    const [latest = ''] = await api.executions();
    const { QueryExecutions } = await api.athena.send(
      new BatchGetQueryExecutionCommand({ QueryExecutionIds: [latest] }),
    );
    expect(QueryExecutions?.[0]).toMatchObject({ Query: BY_PLACE, ExecutionParameters: ["'x'' OR ''1''=''1'"] });
  });

  it('names the parameter that is missing, ill-typed, unknown or given twice', async () => {
    const refused = async (search: string) => {
      const answer = await api.call(`/api/v1/saved/${sizedId}?${search}`, { token });
      return [answer.status, answer.headers.get('content-type'), (await answer.json()).parameter];
    };
    const problem = 'application/problem+json';
    expect(await refused('size=many')).toEqual([400, problem, 'size']);
    expect(await refused('since=2024-02-30')).toEqual([400, problem, 'since']);
    expect(await refused('sice=1')).toEqual([400, problem, 'sice']);
    expect(await refused('size=1&size=2')).toEqual([400, problem, 'size']);
    const missing = await api.call('/api/v1/saved/by%20place', { token });
    expect([missing.status, (await missing.json()).parameter]).toEqual([400, 'place']);
  });

  it('goes on behind its first rows, with its own `next` alone', async () => {
    const sql = 'SELECT n FROM UNNEST(sequence(1, 25)) t(n) ORDER BY n';
    const { id: list } = await api.save({ name: 'list', sql });
    const only = await api.token({ scopes: ['saved'], savedQueries: [list] });
    const page = async (search: string) => (await api.call(`/api/v1/saved/list?${search}`, { token: only })).json();
    const first = await page('limit=10');
    expect([first.results.length, first.truncated]).toEqual([10, true]);
    const second = await page(`limit=100&next=${first.next}`);
    expect([second.results[0].n, second.results.length, second.next]).toEqual([11, 15, undefined]);
    const csv = await api.call('/api/v1/saved/list?limit=3', { token: only, headers: { accept: 'text/csv' } });
    expect(await csv.text()).toBe('n\r\n1\r\n2\r\n3\r\n');

    const others = await (
      await api.call('/query?query=SELECT+n+FROM+UNNEST(sequence(1,9))+t(n)&limit=2', { token })
    ).json();
    expect(await page(`next=${others.next}`)).toMatchObject({ status: 400 });
    expect((await api.call('/api/v1/saved/by%20place?place=x', { token: only })).status).toBe(403);
    expect((await api.call('/query?query=SELECT+1', { token: only })).status).toBe(403);
    const listed = await (await api.call('/api/v1/saved', { token: only })).json();
    expect(listed.queries.map(({ name }: { name: string }) => name)).toEqual(['list']);
    const told = await (await api.call('/api/v1/openapi.json', { token: only })).json();
    const paths = Object.keys(told.paths).filter((path) => path.startsWith('/api/v1/saved/'));
    expect(paths).toEqual(['/api/v1/saved/{id}', '/api/v1/saved/list']);
    const anonymous = await (await api.call('/api/v1/openapi.json')).json();
    expect(Object.keys(anonymous.paths)).not.toContain('/api/v1/saved/list');
  });

  it('is not called where it writes, or its parameters are not defined', async () => {
    const { id: writing } = await api.save({ name: 'writing', sql: 'CREATE TABLE x AS SELECT 1 AS a' });
    const { id: undefinedOne } = await api.save({ name: 'undefined', sql: 'SELECT ?' });
    for (const id of [writing, undefinedOne])
      expect((await api.call(`/api/v1/saved/${id}`, { token })).status).toBe(400);
    const { queries: listed } = await (await api.call('/api/v1/saved', { token })).json();
    expect(listed.map(({ name }: { name: string }) => name)).not.toContain('writing');
  });
});

interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; required?: boolean; schema: { type?: string; format?: string } }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

describe('the document', () => {
  let operations: Operation[];
  let finished: string;
  let tokens: Record<'catalog' | 'query' | 'busy' | 'dead', string>;
  const provoked = new Set<string>();

  beforeAll(async () => {
    const { paths } = await (
      await api.call('/api/v1/openapi.json', { token: await api.token({ savedQueries: [sizedId] }) })
    ).json();
    operations = Object.entries<Record<string, Partial<Operation>>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], responses = {} }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        responses,
      })),
    );
    tokens = {
      catalog: await api.token({ scopes: ['catalog'] }),
      query: await api.token({ scopes: ['query'] }),
      busy: await api.token(),
      dead: await api.token({ email: DEAD, role: 'engineer' }),
    };
    // Nobody's minute of requests is enough for all of these and what was asked before.
    token = await api.token();
    const started = await api.call('/api/v1/queries', { ...post('SELECT 1 AS one'), token });
    finished = (await started.json()).id;
    await vi.waitUntil(async () => (await statusOf(finished)) === 'succeeded', { timeout: 20_000 });
  });

  const post = (sql: string): Call => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: sql }),
  });
  const statusOf = async (id: string) => (await (await api.call(`/api/v1/queries/${id}`, { token })).json()).status;

  /** A call that the operation answers, made of what the document says about its parameters. */
  function valid(operation: Operation): { address: string; call: Call } {
    const { method, path } = operation;
    const search = new URLSearchParams(path === '/query' ? { query: 'SELECT 1 AS one' } : {});
    for (const { name, in: place, required, schema } of operation.parameters) {
      if (place === 'query' && required) search.set(name, schema.type === 'integer' ? '7' : 'London');
    }
    const address = `${path.replace('{id}', path.includes('saved') ? sizedId : finished)}?${search}`;
    return { address, call: { token, ...(method === 'POST' ? post('SELECT 1') : { method }) } };
  }

  async function ask(operation: Operation, address: string, call: Call): Promise<Response> {
    const answer = await api.call(address, call);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    provoked.add(`${operation.method} ${operation.path} ${answer.status} ${type}`);
    return answer;
  }

  /** Where what an operation runs takes longer than anybody waits. */
  function slow(operation: Operation, timeout: number): string {
    const sql = SIZED.replaceAll('?)', '10000)').replace('?', "DATE '2000-01-01'");
    if (operation.path === '/query') return `/query?${new URLSearchParams({ query: sql, timeout: String(timeout) })}`;
    return `${operation.path.replace('{id}', sizedId)}?size=10000&timeout=${timeout}`;
  }

  /** What provokes each status, whatever the operation. */
  const provoke: Record<string, (operation: Operation) => Promise<unknown>> = {
    304: async (operation) => {
      const { address, call } = valid(operation);
      const etag = (await ask(operation, address, call)).headers.get('etag') ?? '';
      return ask(operation, address, { ...call, headers: { 'if-none-match': etag } });
    },
    400: (operation) => changed(operation, (address) => `${address}&twice=1&twice=2`),
    401: (operation) => changed(operation, undefined, { token: undefined }),
    403: (operation) =>
      changed(operation, undefined, { token: operation.path.endsWith('tables') ? tokens.query : tokens.catalog }),
    404: async (operation) => {
      const nothing = '00000000-0000-4000-8000-000000000000';
      const next = Buffer.from(JSON.stringify([nothing, 'x'])).toString('base64url');
      if (operation.path === '/query') return changed(operation, () => `/query?next=${next}`);
      if (operation.path.includes('{id}')) return changed(operation, () => operation.path.replace('{id}', nothing));
      const moved = await api.save({ ...sized, id: sizedId, baseVersion: sizedVersion, name: 'elsewhere' });
      await changed(operation);
      sizedVersion = (await api.save({ ...sized, id: sizedId, baseVersion: moved.version })).version;
      return;
    },
    406: (operation) => changed(operation, undefined, { headers: { accept: 'application/pdf' } }),
    409: async (operation) => {
      if (operation.path.endsWith('/results')) {
        const { id } = await (await api.call('/api/v1/queries', { ...post(sqlOfSlow()), token })).json();
        await ask(operation, operation.path.replace('{id}', id), { token });
        return api.stop(id);
      }
      const before = (await api.executions()).length;
      const waiting = changed(operation, () => slow(operation, 60));
      await vi.waitUntil(async () => (await api.executions()).length > before, { timeout: 20_000 });
      const [latest = ''] = await api.executions();
      await api.stop(latest);
      expect(await (await waiting).json()).toMatchObject({ status: 409 });
    },
    413: (operation) => changed(operation, undefined, { body: `{"query":"${'x'.repeat(2_000_000)}"}` }),
    429: async (operation) => {
      await spendMinute();
      return changed(operation, undefined, { token: tokens.busy });
    },
    503: (operation) => changed(operation, undefined, { token: tokens.dead }),
    504: (operation) => changed(operation, () => slow(operation, 1)),
  };
  const sqlOfSlow = () => new URL(slow({ path: '/query' } as Operation, 1), 'http://x').searchParams.get('query') ?? '';

  function changed(operation: Operation, address = (valid: string) => valid, call: Call = {}): Promise<Response> {
    const { address: good, call: goodCall } = valid(operation);
    return ask(operation, address(good), { ...goodCall, ...call, headers: { ...goodCall.headers, ...call.headers } });
  }

  /** Until the busy one is refused: a minute may have gone by since it last was. */
  async function spendMinute(): Promise<void> {
    let status = 0;
    while (status !== 429) ({ status } = await api.call('/query', { token: tokens.busy }));
  }

  it('declares no answer that cannot be provoked, and provokes none that is not declared', {
    timeout: 180_000,
  }, async () => {
    const declared = operations.flatMap((operation) =>
      Object.entries(operation.responses).flatMap(([status, { content }]) =>
        Object.keys(content ?? { '': {} }).map((type) => ({ operation, status, type })),
      ),
    );
    for (const { operation, status, type } of declared) {
      if (status.startsWith('2')) await changed(operation, undefined, { headers: { accept: type || '*/*' } });
      else await provoke[status]?.(operation);
    }
    const names = declared.map(
      ({ operation: { method, path }, status, type }) => `${method} ${path} ${status} ${type}`,
    );
    expect([...provoked].sort()).toEqual([...new Set(names)].sort());
    expect(operations).toHaveLength(9);
  });

  it('tells of the rate limit in every answer, and when to come back', async () => {
    const answer = await api.call('/query?query=SELECT+1', { token });
    expect(answer.headers.get('ratelimit-policy')).toBe('"minute";q=120;w=60');
    expect(answer.headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+$/);
    await spendMinute();
    const refused = await api.call('/query?query=SELECT+1', { token: tokens.busy });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('inputs that nobody meant', () => {
  /** The same numbers in each run. */
  function* numbers(seed: number) {
    for (let state = seed; ; ) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      yield state / 2_147_483_648;
    }
  }
  const random = numbers(20_261_126);
  const below = (most: number) => Math.floor((random.next().value ?? 0) * most);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const bits = [
    'SELECT',
    ' ',
    "'",
    '"',
    '(',
    ')',
    ';',
    '--',
    '/*',
    '\0',
    '🦆',
    '\ud800',
    '%',
    '\n',
    '1e999',
    '*',
    '?',
    '@2026',
  ];
  const text = () =>
    Array.from({ length: below(12) }, () => pick([...bits, 'FROM sales', 'x'.repeat(below(3000))])).join('');
  const encoded = () =>
    pick([encodeURIComponent(text().toWellFormed()), '%ff%fe', '%', '%00', 'a'.repeat(20_000), '%ed%a0%80', '']);
  const values = ['limit', 'timeout', 'next', 'query', 'place', 'size', 'since', '__proto__', 'constructor', ''];
  const searches = () =>
    Array.from({ length: below(5) }, () => `${pick(values)}=${pick([encoded(), '-1', '1e9', '0', 'NaN'])}`).join('&');
  const deep = (depth: number) => `{"query":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const bodies = () =>
    pick<BodyInit>([
      '',
      'null',
      '[]',
      '{',
      '{"query":7}',
      '{"query":null}',
      deep(50_000),
      JSON.stringify({ query: text() }),
      JSON.stringify({ query: ['SELECT 1'], __proto__: {} }),
      new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
      `{"query":"${'('.repeat(below(100_000))}"}`,
    ]);
  const headers = () => ({
    accept: pick(['*/*', 'text/csv;q=2', ',', 'a/b;;;q', 'x'.repeat(5000), 'application/vnd.apache.parquet']),
    'if-none-match': pick(['*', '"', 'W/"x"', ',,,', 'x'.repeat(5000)]),
  });
  const calls: ((id: string) => [string, Call])[] = [
    () => [`/query?${searches()}`, {}],
    () => [`/query?query=${encoded()}&${searches()}`, {}],
    () => ['/api/v1/queries', { method: 'POST', body: bodies() }],
    () => [`/api/v1/queries/${encoded() || 'x'}/results`, {}],
    () => [`/api/v1/queries/${encoded() || 'x'}`, { method: pick(['GET', 'DELETE']) }],
    () => [`/api/v1/saved/${encoded() || 'x'}?${searches()}`, {}],
    () => [`/api/v1/saved/by%20place?${searches()}`, {}],
    (id) => [`/api/v1/saved/${id}?${searches()}`, {}],
    () => [`/api/v1/tables?${searches()}`, {}],
  ];

  it('are answered, or refused with 4xx and a problem that says why', { timeout: 60_000 }, async () => {
    const wrong: unknown[] = [];
    const statuses = new Map<number, number>();
    for (let person = 0; person < 4; person++) {
      const own = await api.token();
      for (let n = 0; n < 100; n++) {
        const [address, call] = pick(calls)(sizedId);
        const bearer = pick([own, own, own, own, '', 'x'.repeat(5000), '%00']);
        const answer = await api.call(address, { token: bearer, headers: headers(), ...call });
        const body = await answer.text();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const isExplained = answer.status < 400 || JSON.parse(body).detail?.length > 0;
        if (answer.status >= 500 || !isExplained) wrong.push([answer.status, address, call, body.slice(0, 300)]);
      }
    }
    expect(wrong).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404]));
  });
});
