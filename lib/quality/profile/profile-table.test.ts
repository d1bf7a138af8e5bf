import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AthenaSession } from '@/infra/local/services/athena/testing/athena-session';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { ProfileAnswers, ProfileRows, TableColumn } from '@/lib/languages/quality/profile-column.ts';
import { PROFILE_STEPS, type ProfileFigures, planStep, readProfile } from '@/lib/languages/quality/profile-table.ts';

// Some statements of a profile take a second each on a busy machine, and a test has a dozen.
vi.setConfig({ testTimeout: 120_000 });

let lake: TestLake;
let session: AthenaSession;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'] });
  const s3 = new S3Client(lake.clientConfig);
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  session = new AthenaSession(lake.clientConfig, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  await session.rows('CREATE DATABASE shop');
});
afterAll(() => lake.close());

async function makeTable(name: string, query: string): Promise<void> {
  await session.rows(
    `CREATE TABLE ${name} WITH (format = 'PARQUET', external_location = 's3://lake/${name}/') AS ${query}`,
  );
}

/** All steps, as the verbs run them; `statements` are those that were needed. */
async function profile(
  table: string,
  columns: TableColumn[],
  budgetBytes?: number,
): Promise<ProfileFigures & { statements: string[] }> {
  const target = { database: 'shop', table, columns, ...(budgetBytes ? { budgetBytes } : {}) };
  const answers: Record<string, ProfileRows> = {};
  for (const step of PROFILE_STEPS) {
    for (const { id, sql } of planStep(step, target, answers as ProfileAnswers)) {
      const rows = await session.rows(sql);
      answers[id] = rows.map((row) => row.map((cell) => cell ?? null));
    }
  }
  return { ...readProfile(target, answers), statements: Object.keys(answers) };
}

describe('a profile', () => {
  it('has the figures of numbers', async () => {
    await makeTable(
      'numbers',
      `SELECT n AS id, CAST(n % 5 AS integer) AS few, CAST(n AS decimal(10,2)) / 4 AS price,
        CASE WHEN n = 1000 THEN 1E6 WHEN n > 900 THEN NULL ELSE CAST(n - 10 AS double) END AS reading
      FROM UNNEST(sequence(1, 1000)) AS t (n)`,
    );
    const { rows, columns, correlations, duplicates, statements } = await profile('numbers', [
      { name: 'id', type: 'bigint' },
      { name: 'few', type: 'int' },
      { name: 'price', type: 'decimal(12,4)' },
      { name: 'reading', type: 'double' },
    ]);
    const [id, few, price, reading] = columns;
    expect(rows).toBe(1000);
    expect(id).toMatchObject({ kind: 'number', nulls: 0, distinct: 1000, isDistinctExact: true, unique: 1000 });
    expect(id).toMatchObject({ min: '1', max: '1000', mean: 500.5, zeros: 0, negatives: 0, outliers: 0 });
    expect(id?.standardDeviation).toBeCloseTo(288.819, 3);
    expect(id?.quantiles).toMatchObject({ p1: 10, p25: 250, p50: 500, p99: 990 });
    expect(id?.histogram).toHaveLength(20);
    expect(id?.histogram?.reduce((sum, bin) => sum + bin.rows, 0)).toBe(1000);
    // Few whole numbers have a bin each.
    expect(few?.histogram?.map((bin) => [bin.from, bin.rows])).toEqual([0, 1, 2, 3, 4].map((n) => [n, 200]));
    expect(few).toMatchObject({
      distinct: 5,
      unique: 0,
      zeros: 200,
      top: expect.arrayContaining([{ value: '3', rows: 200 }]),
    });
    expect(price).toMatchObject({ distinct: 1000, mean: 125.125 });
    expect(Number(price?.min)).toBe(0.25);
    expect(reading).toMatchObject({ nulls: 99, negatives: 9, zeros: 1, outliers: 1, min: '-9.0', max: '1000000.0' });
    expect(correlations.find(({ a, b }) => a === 'id' && b === 'price')?.value).toBeCloseTo(1, 6);
    expect(correlations).toHaveLength(6);
    expect(duplicates).toBe(0);
    // A column that tells all rows apart makes a scan for equal rows needless.
    expect(statements).toEqual(['count', 'basics-0', 'details-0']);
  });

  it('has the figures of texts, whatever they hold', async () => {
    await makeTable(
      'texts',
      `SELECT * FROM (VALUES ('AB-1204', 'anna@example.org', '', 'naïve 日本 👍'), ('CD-9', 'bob@example.org', NULL, 'it''s'),
        ('AB-1204', 'anna@example.org', '', 'naïve 日本 👍'), ('ab,"c"', 'no mail', '', '[1, 2]')) AS t (code, mail, void, odd)`,
    );
    const names = ['code', 'mail', 'void', 'odd'];
    const { columns, duplicates } = await profile(
      'texts',
      names.map((name) => ({ name, type: 'string' })),
    );
    const [code, mail, blank, odd] = columns;
    expect(code).toMatchObject({ kind: 'text', distinct: 3, unique: 2, min: 'AB-1204', max: 'ab,"c"' });
    expect(code?.top[0]).toEqual({ value: 'AB-1204', rows: 2 });
    expect(code?.patterns).toContainEqual({ pattern: 'AA-9999', rows: 2 });
    expect(code?.length).toEqual({ min: 4, max: 7, mean: 6 });
    expect(mail?.sensitive).toEqual({ kind: 'email', share: 0.75 });
    expect(blank).toMatchObject({ nulls: 1, empty: 3, distinct: 1 });
    expect(odd?.top).toEqual([
      { value: 'naïve 日本 👍', rows: 2 },
      { value: '[1, 2]', rows: 1 },
      { value: "it's", rows: 1 },
    ]);
    // Both of the rows that are equal.
    expect(duplicates).toBe(2);
  });

  it('has the figures of moments and booleans, and counts what is nested', async () => {
    await makeTable(
      'moments',
      `SELECT date_add('day', n, DATE '2024-01-01') AS day, date_add('hour', n, TIMESTAMP '2024-01-01 00:00:00.000') AS at,
        n % 4 = 0 AS flag, ARRAY[n] AS list, MAP(ARRAY[n], ARRAY['a']) AS pairs,
        IF(n > 5, CAST(ROW(n, 'x') AS ROW(code bigint, town varchar))) AS place
      FROM UNNEST(sequence(0, 9)) AS t (n)`,
    );
    const { columns } = await profile('moments', [
      { name: 'day', type: 'date' },
      { name: 'at', type: 'timestamp' },
      { name: 'flag', type: 'boolean' },
      { name: 'list', type: 'array<bigint>' },
      { name: 'pairs', type: 'map<bigint,string>' },
      { name: 'place', type: 'struct<code:bigint,town:string>' },
    ]);
    const [day, at, flag, list, , place] = columns;
    expect(day).toMatchObject({ kind: 'moment', min: '2024-01-01', max: '2024-01-10', distinct: 10 });
    expect(day?.quantiles?.p50).toBe(Date.parse('2024-01-05T00:00Z'));
    expect(day?.histogram?.[0]?.from).toBe(Date.parse('2024-01-01T00:00Z'));
    expect(at).toMatchObject({ min: '2024-01-01 00:00:00.000', distinct: 10, mean: Date.parse('2024-01-01T04:30Z') });
    expect(flag).toMatchObject({
      kind: 'boolean',
      top: [
        { value: 'false', rows: 7 },
        { value: 'true', rows: 3 },
      ],
    });
    expect(list).toEqual({ name: 'list', type: 'array<bigint>', kind: 'other', nulls: 0, top: [] });
    expect(place).toMatchObject({ kind: 'other', nulls: 6 });
  });

  it('keeps what is no finite number out of the figures', async () => {
    await makeTable(
      'floats',
      `SELECT * FROM (VALUES (1E0, nan()), (2E0, infinity()), (nan(), nan()), (infinity(), NULL), (-infinity(), NULL)) AS t (a, b)`,
    );
    const { columns } = await profile(
      'floats',
      ['a', 'b'].map((name) => ({ name, type: 'double' })),
    );
    expect(columns[0]).toMatchObject({ nulls: 0, min: '1.0', max: '2.0', mean: 1.5 });
    expect(columns[0]?.histogram?.reduce((sum, bin) => sum + bin.rows, 0)).toBe(2);
    expect(columns[1]).toMatchObject({ nulls: 2, distinct: 2 });
    expect(columns[1]?.mean).toBeUndefined();
    expect(columns[1]?.histogram).toBeUndefined();
  });

  it.each([
    ['nothing', 'WHERE n > 5', { rows: 0, nulls: 0 }],
    ['one', 'WHERE n = 1', { rows: 1, nulls: 0 }],
  ])('is made of a table of %s', async (name, where, expected) => {
    await makeTable(
      `of_${name}`,
      `SELECT n, CAST(n AS varchar) AS text, DATE '2024-01-01' AS day, n > 0 AS flag FROM UNNEST(sequence(1, 3)) AS t (n) ${where}`,
    );
    const { rows, columns, duplicates } = await profile(`of_${name}`, [
      { name: 'n', type: 'bigint' },
      { name: 'text', type: 'string' },
      { name: 'day', type: 'date' },
      { name: 'flag', type: 'boolean' },
    ]);
    expect([rows, duplicates]).toEqual([expected.rows, 0]);
    for (const column of columns)
      expect(column).toMatchObject({ nulls: 0, distinct: expected.rows, unique: expected.rows });
    if (rows === 1) expect(columns[0]?.histogram).toEqual([{ from: 1, to: 1, rows: 1 }]);
  });

  it('is made of columns of NULL alone, and of columns with odd names', async () => {
    await makeTable(
      'odd_names',
      `SELECT CAST(NULL AS varchar) AS nothing, CAST(NULL AS double) AS "no number", n AS "select", n % 2 AS "éà-$" FROM UNNEST(sequence(1, 6)) AS t (n)`,
    );
    const { columns } = await profile('odd_names', [
      { name: 'nothing', type: 'string' },
      { name: 'no number', type: 'double' },
      { name: 'select', type: 'bigint' },
      { name: 'éà-$', type: 'bigint' },
    ]);
    for (const column of columns.slice(0, 2)) expect(column).toMatchObject({ nulls: 6, distinct: 0, top: [] });
    expect(columns[2]).toMatchObject({ distinct: 6 });
    expect(columns[3]).toMatchObject({ distinct: 2, zeros: 3 });
  });

  it('says about how many where exact would take too much memory, and still finds what is frequent', async () => {
    await makeTable(
      'wide',
      `SELECT n AS id, IF(n % 3 = 0, 'N/A', 'note ' || CAST(n AS varchar)) AS note, IF(n % 4 = 0, -1, n) AS code, n / 2 AS "group"
      FROM (SELECT (m - 1) * 6000 + k AS n FROM UNNEST(sequence(1, 6)) AS a (m) CROSS JOIN UNNEST(sequence(1, 6000)) AS b (k))`,
    );
    const { columns, rows, duplicates, statements } = await profile(
      'wide',
      [
        { name: 'id', type: 'bigint' },
        { name: 'note', type: 'string' },
        { name: 'code', type: 'bigint' },
        { name: 'group', type: 'bigint' },
      ],
      200_000,
    );
    expect(rows).toBe(36_000);
    const [id, note, code, group] = columns;
    expect(id).toMatchObject({ distinct: 36_000, unique: 36_000, isDistinctExact: false });
    expect(note?.top).toEqual([{ value: 'N/A', rows: 12_000 }]);
    expect(Math.abs((note?.distinct ?? 0) / 24_001 - 1)).toBeLessThan(0.05);
    expect(code?.top).toContainEqual({ value: '-1', rows: 9000 });
    // Two rows to a value, and the last one alone.
    expect(group?.unique).toBeLessThan(1000);
    expect(Math.abs((group?.distinct ?? 0) / 18_001 - 1)).toBeLessThan(0.05);
    expect([duplicates, statements]).toEqual([0, ['count', 'basics-0', 'details-0']]);
  });

  it('looks for equal rows among some of them where all would take too much memory', async () => {
    await makeTable(
      'twice',
      `SELECT m % 20000 AS n, CAST(m % 20000 AS varchar) AS text FROM (SELECT (a - 1) * 10000 + b AS m
      FROM UNNEST(sequence(1, 3)) AS t (a) CROSS JOIN UNNEST(sequence(1, 10000)) AS u (b))`,
    );
    const columns = [
      { name: 'n', type: 'bigint' },
      { name: 'text', type: 'string' },
    ];
    expect((await profile('twice', columns)).duplicates).toBe(20_000);
    const about = (await profile('twice', columns, 100_000)).duplicates ?? 0;
    expect(Math.abs(about / 20_000 - 1)).toBeLessThan(0.1);
  });

  it('profiles more columns than one statement takes', async () => {
    const columns = Array.from({ length: 28 }, (_, index) => ({ name: `c${index}`, type: 'bigint' }));
    await makeTable(
      'many',
      `SELECT ${columns.map(({ name }, index) => `n * ${index + 1} AS ${name}`).join(', ')} FROM UNNEST(sequence(1, 50)) AS t (n)`,
    );
    const found = await profile('many', columns);
    expect(found.columns.map(({ max }) => max)).toEqual(columns.map((_, index) => String(50 * (index + 1))));
    expect(found.columns.every(({ unique }) => unique === 50)).toBe(true);
    expect(found.correlations).toHaveLength(120);
  });
});
