import { gzipSync } from 'node:zlib';
import { AthenaClient, UpdateWorkGroupCommand } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AthenaSession } from '@/infra/local/services/athena/testing/athena-session';
import { startTestLake, type TestLake } from '@/infra/local/testing/test-lake';
import type { Context } from '@/lib/auth/context';
import { estimateQuery } from './estimate-query';

vi.mock('@/lib/aws/lake', () => ({
  getLake: async () => ({
    database: 'shop',
    versionsDatabase: 'shop_versions',
    workGroup: 'primary',
    processedBucket: 'lake',
    resultsBucket: 'results',
  }),
}));

let lake: TestLake;
let session: AthenaSession;
let ctx: Context;
const never = new AbortController().signal;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'] });
  const [s3, glue, athena] = [
    new S3Client(lake.clientConfig),
    new GlueClient(lake.clientConfig),
    new AthenaClient(lake.clientConfig),
  ];
  ctx = { role: 'analyst', aws: { s3, glue, athena } as unknown as Context['aws'] } as Context;
  session = new AthenaSession(athena, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'lake', VersioningConfiguration }));
  await session.rows('CREATE DATABASE shop');
  // Four days, a file each; `sold_at` goes with the day, `note` is by far the heaviest.
  await session.rows(`CREATE TABLE sales WITH (format = 'PARQUET', partitioned_by = ARRAY['dt'],
      external_location = 's3://lake/sales/') AS
    SELECT n AS id, n % 7 AS amount, CAST(n AS varchar) || ' is what was said of it' AS note,
      date_add('hour', 24 * (n % 4), TIMESTAMP '2024-01-01 06:00:00') AS sold_at,
      CAST(ROW(n, 'x' || CAST(n % 5 AS varchar)) AS ROW(code bigint, town varchar)) AS place,
      '2024-01-0' || CAST(n % 4 + 1 AS varchar) AS dt
    FROM UNNEST(sequence(1, 4000)) AS t (n)`);
  await session.rows(`CREATE TABLE towns WITH (format = 'PARQUET', external_location = 's3://lake/towns/') AS
    SELECT n AS id, 'town ' || CAST(n AS varchar) AS name FROM UNNEST(sequence(1, 500)) AS t (n)`);
  await session.rows('CREATE VIEW dear AS SELECT id, amount FROM sales WHERE amount > 3');
  const text = Array.from({ length: 500 }, (_, n) => `${n}|${n % 7}\n`).join('');
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'sales_csv/a.csv.gz', Body: gzipSync(text) }));
  await session.rows(`CREATE EXTERNAL TABLE sales_csv (id int, amount int)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LOCATION 's3://lake/sales_csv/'`);
});
afterAll(() => lake.close());

async function scanOf(sql: string) {
  const estimate = await estimateQuery(ctx, { sql }, never);
  if (estimate.status !== 'scan') throw new Error(`${sql}: ${JSON.stringify(estimate)}`);
  return estimate;
}

async function scannedBytes(sql: string): Promise<number | undefined> {
  const { Status, Statistics } = await session.run(sql);
  expect([sql, Status?.State, Status?.StateChangeReason]).toEqual([sql, 'SUCCEEDED', undefined]);
  return Statistics?.DataScannedInBytes;
}

describe('an estimate', () => {
  it.each([
    'SELECT * FROM sales',
    'SELECT count(*) FROM sales',
    "SELECT id FROM sales WHERE dt = '2024-01-02'",
    "SELECT id FROM sales WHERE dt IN ('2024-01-01', '2024-01-03') AND amount > 2",
    "SELECT amount, count(*) FROM sales WHERE dt BETWEEN '2024-01-02' AND '2024-01-03' GROUP BY 1",
    "SELECT max(note) FROM sales WHERE date(dt) = DATE '2024-01-04'",
    "SELECT id FROM sales WHERE dt > '2030-01-01'",
    "SELECT id FROM sales WHERE dt LIKE '%-03' OR dt = '2024-01-04'",
    'SELECT dt, count(*) FROM sales GROUP BY dt',
    'SELECT s.id, t.name FROM sales s JOIN towns t ON s.amount = t.id',
    'SELECT count(*) FROM (SELECT * FROM sales) WHERE amount = 3',
    'WITH a AS (SELECT id, note FROM sales) SELECT id FROM a ORDER BY id LIMIT 3',
    'SELECT id FROM dear',
    'SELECT id FROM sales UNION ALL SELECT id FROM towns',
    'SELECT name FROM towns WHERE id IN (SELECT amount FROM sales)',
    'SELECT row_number() OVER (PARTITION BY amount ORDER BY sold_at) FROM sales',
    'SELECT place FROM sales',
    'SELECT count(*) FROM sales_csv',
    'SELECT sales.id FROM shop.sales WHERE shop.sales.amount = 1',
    'SELECT s.amount FROM sales AS s ORDER BY s.id',
    'SELECT 1 FROM sales HAVING count(*) > 1',
    'SELECT transform(ARRAY[amount], id -> id + 1) FROM sales',
  ])('is what the engine then scans: %s', async (sql) => {
    expect((await scanOf(sql)).bytes).toBe(await scannedBytes(sql));
  });

  it('never says less than is scanned where only a field of a nested column is read', async () => {
    const sql = 'SELECT place.town FROM sales';
    const { bytes } = await scanOf(sql);
    const whole = (await scanOf('SELECT place FROM sales')).bytes;
    expect(bytes).toBeLessThan(whole);
    expect(await scannedBytes(sql)).toBeGreaterThanOrEqual(bytes);
  });

  it('says which partitions, files and columns, and what AWS asks for at least', async () => {
    const { tables, usd, usdPerTerabyte } = await scanOf("SELECT id FROM sales WHERE dt >= '2024-01-03'");
    expect(tables).toMatchObject([
      { name: 'shop.sales', format: 'parquet', partitions: 2, files: 2, columns: 1, allColumns: 5 },
    ]);
    // Ten megabytes are the least that is charged.
    expect(usd).toBeCloseTo(((usdPerTerabyte ?? Number.NaN) * 10) / 1e6, 10);
  });

  it('covers what INSERT, CREATE TABLE AS and EXPLAIN ANALYZE read', async () => {
    const { bytes } = await scanOf('SELECT id FROM sales');
    for (const before of ['INSERT INTO towns ', 'CREATE TABLE x AS ', 'EXPLAIN ANALYZE '])
      expect((await scanOf(`${before}SELECT id FROM sales`)).bytes).toBe(bytes);
  });

  it.each([
    ['SHOW TABLES', { status: 'free', why: 'definition' }],
    ['EXPLAIN SELECT * FROM sales', { status: 'free', why: 'explain' }],
    ['SELECT 1', { status: 'free', why: 'noTable' }],
    ['SELECT FROM', { status: 'unknown', why: 'syntax' }],
    ['SELECT * FROM nowhere', { status: 'unknown', why: 'table', subject: 'shop.nowhere' }],
    ['SELECT * FROM sales@2001-01-01', { status: 'unknown', why: 'notYet', subject: 'sales@2001-01-01' }],
    ['SELECT * FROM sales@2999-01-01', { status: 'unknown', why: 'future', subject: 'sales@2999-01-01' }],
    ['SELECT * FROM nowhere@2026-01-01', { status: 'unknown', why: 'table', subject: 'nowhere@2026-01-01' }],
    ['SELECT * FROM dear@2026-01-01', { status: 'unknown', why: 'notFiles', subject: 'dear@2026-01-01' }],
    ['SELECT * FROM sales@2026-02-30', { status: 'unknown', why: 'syntax' }],
    ['EXECUTE nobodys USING 1', { status: 'unknown', why: 'prepared', subject: 'nobodys' }],
  ])('is none for %s, and says why', async (sql, expected) => {
    expect(await estimateQuery(ctx, { sql }, never)).toEqual(expected);
  });

  it('of EXECUTE is that of the prepared statement with its values', async () => {
    await session.rows('PREPARE by_day FROM SELECT id FROM sales WHERE dt = ? AND amount > 2');
    await session.rows('PREPARE copy_day FROM INSERT INTO towns SELECT id, note FROM sales WHERE dt = ?');
    const written = await scanOf("SELECT id FROM sales WHERE dt = '2024-01-02' AND amount > 2");
    const executed = await scanOf("EXECUTE by_day USING '2024-01-02'");
    expect(executed.tables).toEqual(written.tables);
    expect(executed.bytes).toBe(await scannedBytes("EXECUTE by_day USING '2024-01-02'"));
    expect((await scanOf('EXECUTE by_day')).tables).toMatchObject([{ partitions: 4 }]);
    expect((await scanOf("EXECUTE copy_day USING '2024-01-03'")).tables).toMatchObject([{ partitions: 1, columns: 2 }]);
    const tooMany = await estimateQuery(ctx, { sql: 'EXECUTE by_day USING 1, 2, 3' }, never);
    expect(tooMany).toEqual({ status: 'unknown', why: 'parameters', subject: 'by_day' });
  });

  it('of a table of the past is that of the versions it was made of, before they are copied', async () => {
    await session.rows(`CREATE TABLE prices WITH (format = 'PARQUET', external_location = 's3://lake/prices/') AS
      SELECT n AS id, n * 2 AS price FROM UNNEST(sequence(1, 900)) AS t (n)`);
    const before = await scanOf('SELECT id FROM prices');
    const at = await nextMoment();
    await session.rows('INSERT INTO prices SELECT n, n FROM UNNEST(sequence(1, 500)) AS t (n)');
    const past = await scanOf(`SELECT id FROM prices@${at} WHERE price > 3`);
    expect(past.tables).toMatchObject([{ name: `prices@${at}`, files: before.tables[0]?.files, columns: 2 }]);
    expect((await scanOf(`SELECT id FROM prices@${at}`)).bytes).toBe(before.bytes);
    const both = await scanOf(`SELECT a.id FROM prices a JOIN prices@${at} AS b ON a.id = b.id`);
    expect(both.tables.map(({ name }) => name)).toEqual(['shop.prices', `prices@${at}`]);
    const { rewrites } = await scanOf(`SELECT * FROM prices@${at}`);
    expect(rewrites[0]?.sql).toBe(`SELECT id, price FROM prices@${at}`);
    const day = await scanOf(`SELECT id FROM sales@${at} WHERE dt = '2024-01-02'`);
    expect(day.tables).toMatchObject([{ name: `sales@${at}`, partitions: 1, files: 1 }]);
  });

  it('is made from some of many files, says so, and is exact once all have been looked into', async () => {
    await session.rows(`CREATE TABLE many WITH (format = 'PARQUET', partitioned_by = ARRAY['p'],
        external_location = 's3://lake/many/') AS
      SELECT n AS id, n % 30 AS p FROM UNNEST(sequence(1, 3000)) AS t (n)`);
    const exact = await scannedBytes('SELECT id FROM many');
    const first = await scanOf('SELECT id FROM many');
    expect(first.tables).toMatchObject([{ files: 30, sampledFiles: 20 }]);
    expect(Math.abs(first.bytes / (exact ?? 0) - 1)).toBeLessThan(0.1);
    const second = await scanOf('SELECT id FROM many');
    expect([second.tables[0]?.sampledFiles, second.bytes]).toEqual([30, exact]);
  });

  it('tells the bytes at which the workgroup stops a query', async () => {
    const BytesScannedCutoffPerQuery = 10_000_000;
    await ctx.aws.athena.send(
      new UpdateWorkGroupCommand({ WorkGroup: 'primary', ConfigurationUpdates: { BytesScannedCutoffPerQuery } }),
    );
    const engineer = { ...ctx, role: 'engineer' } as Context;
    const estimate = await estimateQuery(engineer, { sql: 'SELECT * FROM sales' }, never);
    expect(estimate).toMatchObject({ status: 'scan', cutoffBytes: BytesScannedCutoffPerQuery });
  });

  it('ends when nobody waits for it, and is not for those who may not query', async () => {
    const gone = AbortSignal.abort();
    await expect(estimateQuery(ctx, { sql: 'SELECT * FROM sales' }, gone)).rejects.toThrow();
    const viewer = { ...ctx, role: 'viewer' } as Context;
    await expect(estimateQuery(viewer, { sql: 'SELECT 1' }, never)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('an estimate of projected partitions', () => {
  beforeAll(async () => {
    const folders = ['2024/01/eu/1', '2024/02/eu/2', '2024/02/us/1', '2024/04/us/2'];
    for (const [index, folder] of folders.entries()) {
      const Body = 'some row\n'.repeat(10 * (index + 1));
      await ctx.aws.s3.send(new PutObjectCommand({ Bucket: 'lake', Key: `clicks/${folder}/a.csv`, Body }));
    }
    const clicks = (name: string, more: string) => `CREATE EXTERNAL TABLE ${name} (v string)
      PARTITIONED BY (month string, region string, shard int)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/elsewhere/'
      TBLPROPERTIES ('projection.enabled' = 'true',
        'projection.month.type' = 'date', 'projection.month.format' = 'yyyy/MM', ${more}
        'projection.region.type' = 'enum', 'projection.region.values' = 'eu,us',
        'projection.shard.type' = 'integer', 'projection.shard.range' = '1,2',
        'storage.location.template' = 's3://lake/clicks/\${month}/\${region}/\${shard}/')`;
    await session.rows(clicks('clicks', "'projection.month.range' = '2024/01,2024/03',"));
    await session.rows(clicks('all_clicks', "'projection.month.range' = '0001/01,NOW',"));
    await session.rows(clicks('broken', ''));
    const Key = 'devices/device=d1/a.csv';
    await ctx.aws.s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body: 'x\n' }));
    await session.rows(`CREATE EXTERNAL TABLE devices (v string) PARTITIONED BY (device string)
      LOCATION 's3://lake/devices/'
      TBLPROPERTIES ('projection.enabled' = 'true', 'projection.device.type' = 'injected')`);
  });

  it.each([
    ['SELECT v FROM clicks', 12],
    ["SELECT v FROM clicks WHERE month = '2024/02'", 4],
    ["SELECT v FROM clicks WHERE month > '2024/01' AND region = 'us' AND shard < 2", 2],
    ["SELECT v FROM clicks WHERE region = 'nowhere'", 0],
    ["SELECT v FROM devices WHERE device IN ('d1', 'd2')", 2],
    ["SELECT v FROM devices WHERE device = 'd1' OR 'd3' = device", 2],
  ])('is what the engine lists and scans: %s', async (sql, partitions) => {
    const { tables, bytes } = await scanOf(sql);
    expect([tables[0]?.partitions, bytes]).toEqual([partitions, await scannedBytes(sql)]);
  });

  it('leaves columns out before it combines them', async () => {
    const { tables } = await scanOf(
      "SELECT v FROM all_clicks WHERE month BETWEEN '2024/01' AND '2024/04' AND shard = 2",
    );
    expect(tables).toMatchObject([{ partitions: 8, files: 2 }]);
  });

  it.each([
    ['SELECT v FROM devices', { why: 'injected', subject: 'device' }],
    ["SELECT v FROM devices WHERE device > 'd1'", { why: 'injected', subject: 'device' }],
    ['SELECT v FROM broken', { why: 'projection', subject: 'projection.month.range' }],
  ])('is none for %s, and says what is missing', async (sql, expected) => {
    expect(await estimateQuery(ctx, { sql }, never)).toEqual({ status: 'unknown', ...expected });
  });
});

/** A whole second, as S3's times are, that no version is of, once it has passed. */
async function nextMoment(): Promise<string> {
  const at = Math.ceil(Date.now() / 1000) * 1000;
  await expect.poll(() => Date.now() > at + 1000, { timeout: 5000, interval: 100 }).toBe(true);
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

describe('a rewrite', () => {
  const rewriteOf = async (sql: string, kind: string) => {
    const found = (await scanOf(sql)).rewrites.find((rewrite) => rewrite.kind === kind);
    if (!found) throw new Error(`no ${kind} for ${sql}`);
    return found;
  };

  it('adds the partitions that a condition on a time implies, and gives the same rows for fewer bytes', async () => {
    const sql = "SELECT id FROM sales WHERE (sold_at >= TIMESTAMP '2024-01-03 00:00:00') AND amount = 2 ORDER BY id";
    const { sql: cheaper, text, savedBytes } = await rewriteOf(sql, 'partition');
    expect(text).toBe("dt BETWEEN '2024-01-03' AND '2024-01-04'");
    expect(await session.rows(cheaper)).toEqual(await session.rows(sql));
    expect(savedBytes).toBe(((await scannedBytes(sql)) ?? 0) - ((await scannedBytes(cheaper)) ?? 0));
  });

  it('compares a partition column barely where each value is a day', async () => {
    const sql =
      "SELECT id FROM sales WHERE CAST(dt AS date) BETWEEN DATE '2024-01-02' AND DATE '2024-01-03' ORDER BY 1";
    const { sql: bare } = await rewriteOf(sql, 'bare');
    expect(bare).toContain("WHERE dt BETWEEN '2024-01-02' AND '2024-01-03'");
    expect(await session.rows(bare)).toEqual(await session.rows(sql));
  });

  it('names the columns of a star, the heaviest first to be left out', async () => {
    const { sql, heaviest } = await rewriteOf('SELECT *\nFROM sales -- all of it\nLIMIT 3', 'columns');
    expect(sql).toBe('SELECT id, amount, note, sold_at, place, dt\nFROM sales -- all of it\nLIMIT 3');
    expect(heaviest?.[0]?.name).toBe('note');
  });

  it('names approx_distinct as what is faster, and saves nothing of the scan', async () => {
    const found = await rewriteOf('SELECT dt, count(DISTINCT note) AS n FROM sales GROUP BY dt', 'approximate');
    expect(found).toMatchObject({ savedBytes: 0, sql: 'SELECT dt, approx_distinct(note) AS n FROM sales GROUP BY dt' });
  });

  it('reads the Parquet table of the same dataset instead of text', async () => {
    await session.rows(`CREATE TABLE lines WITH (format = 'PARQUET', external_location = 's3://lake/lines/') AS
      SELECT id, amount FROM sales_csv WHERE id < 3`);
    await session.rows(`CREATE EXTERNAL TABLE lines_csv (id int, amount int)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LOCATION 's3://lake/sales_csv/'`);
    const { sql } = await rewriteOf('SELECT lines_csv.id FROM lines_csv', 'parquet');
    expect(sql).toBe('SELECT lines_csv.id FROM shop.lines AS lines_csv');
  });

  it('is not offered where it would not be right', async () => {
    const kinds = async (sql: string) => (await scanOf(sql)).rewrites.map(({ kind }) => kind);
    expect(await kinds("SELECT id FROM sales WHERE sold_at > TIMESTAMP '2024-01-03 00:00:00' OR amount = 1")).toEqual(
      [],
    );
    expect(await kinds("SELECT id FROM sales WHERE sold_at > TIMESTAMP '2020-01-01 00:00:00'")).toEqual([]);
    expect(await kinds("SELECT count(id) FROM sales WHERE date(dt) = DATE '2024-01-02' OR amount = 1")).toEqual([]);
  });
});
