import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { GetPartitionsCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';
import { AthenaSession } from './testing/athena-session.ts';

let lake: TestLake;
let session: AthenaSession;
let s3: S3Client;
let glue: GlueClient;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'] });
  s3 = new S3Client(lake.clientConfig);
  glue = new GlueClient(lake.clientConfig);
  session = new AthenaSession(lake.clientConfig, {
    QueryExecutionContext: { Database: 'retail' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  await put('orders/a.csv', 'id|customer|amount\n1|alice|10.5\n2|"bob"|\\N\n');
  await put('events/a.json', '{"id": 1, "tags": ["a", "b"], "user": {"name": "al"}}\n{"id": 2}\n');
  await session.rows("CREATE DATABASE retail COMMENT 'shop'");
});

afterAll(async () => {
  await lake?.close();
});

async function put(Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body }));
}

async function keysUnder(Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'lake', Prefix }));
  return Contents.map(({ Key }) => Key as string);
}

describe('databases', () => {
  it('are made and dropped with care', async () => {
    expect(await session.reason('CREATE DATABASE retail')).toContain("Schema 'retail' already exists");
    await session.rows('CREATE SCHEMA IF NOT EXISTS retail');
    await session.rows("CREATE DATABASE spare LOCATION 's3://lake/spare/' WITH DBPROPERTIES ('a' = 'b')");
    await session.rows("CREATE EXTERNAL TABLE spare.t (a int) STORED AS PARQUET LOCATION 's3://lake/spare/t/'");
    expect(await session.reason('DROP DATABASE spare')).toContain('not empty');
    await session.rows('DROP DATABASE spare CASCADE');
    await session.rows('DROP DATABASE IF EXISTS spare');
    expect(await session.reason('DROP DATABASE spare')).toContain("Schema 'spare' does not exist");
  });
});

describe('external tables', () => {
  it('are made from text with a delimiter', async () => {
    await session.rows(`CREATE EXTERNAL TABLE IF NOT EXISTS \`retail\`.\`orders\` (
        \`id\` bigint COMMENT 'the key',
        customer string,
        amount decimal(10,2)
      )
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' NULL DEFINED AS '\\\\N'
      LOCATION 's3://lake/orders/' -- the files
      TBLPROPERTIES ('skip.header.line.count' = '1')`);
    expect(await session.rows('SELECT * FROM orders ORDER BY id')).toEqual([
      ['1', 'alice', '10.50'],
      // LazySimpleSerDe knows no quotes.
      ['2', '"bob"', undefined],
    ]);
    expect((await session.rows('SHOW CREATE TABLE orders')).flat().join('\n')).toMatch(/`id` bigint COMMENT 'the key'/);
  });

  it('are made from JSON, with nested types', async () => {
    await session.rows(`CREATE EXTERNAL TABLE events (id int, tags array<string>, user struct<name:string>)
      ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/events/'`);
    expect(await session.rows('SELECT id, tags, user.name, cardinality(tags) FROM events ORDER BY id')).toEqual([
      ['1', '[a, b]', 'al', '2'],
      ['2', undefined, undefined, undefined],
    ]);
  });

  const wrong: [string, RegExp][] = [
    ['CREATE EXTERNAL TABLE retail.x (a int)', /No location was specified/],
    ["CREATE EXTERNAL TABLE x (a nonsense) LOCATION 's3://lake/x/'", /Unknown type 'nonsense'/],
    ["CREATE EXTERNAL TABLE x (a int, A string) LOCATION 's3://lake/x/'", /Duplicate column name a/],
    ["CREATE EXTERNAL TABLE x (a int) STORED AS ORC LOCATION 's3://lake/x/'", /STORED AS ORC is not supported/],
    ["CREATE TABLE x (a int) LOCATION 's3://lake/x/' TBLPROPERTIES ('table_type' = 'ICEBERG')", /external tables/],
    ["CREATE EXTERNAL TABLE nowhere.x (a int) LOCATION 's3://lake/x/'", /Schema 'nowhere' does not exist/],
    ["CREATE EXTERNAL TABLE orders (a int) LOCATION 's3://lake/x/'", /already exists/],
    ['DROP TABLE nowhere', /does not exist/],
    ['DROP VIEW orders', /is a table: use DROP TABLE/],
  ];
  it.each(wrong)('refuses %s', async (sql, message) => expect(await session.reason(sql)).toMatch(message));

  it('refuses at once what cannot be read', async () => {
    await expect(session.start("CREATE EXTERNAL TABLE x (a int LOCATION 's3://lake/x/'")).rejects.toThrow(
      /mismatched input/,
    );
  });

  it('gain and lose partitions', async () => {
    await put('logs/day=2024-01-01/a.csv', 'one\n');
    await put('logs/day=2024-01-02/a.csv', 'two\n');
    await put('elsewhere/a.csv', 'three\n');
    await session.rows("CREATE EXTERNAL TABLE logs (line string) PARTITIONED BY (day date) LOCATION 's3://lake/logs/'");
    expect(await session.rows('SELECT * FROM logs')).toEqual([]);
    expect((await session.rows('MSCK REPAIR TABLE logs')).length).toBe(3);
    await session.rows(
      "ALTER TABLE logs ADD IF NOT EXISTS PARTITION (day = '2024-01-03') LOCATION 's3://lake/elsewhere/'",
    );
    expect(await session.rows('SELECT line, day FROM logs ORDER BY day')).toEqual([
      ['one', '2024-01-01'],
      ['two', '2024-01-02'],
      ['three', '2024-01-03'],
    ]);
    await session.rows("ALTER TABLE logs DROP PARTITION (day = '2024-01-01')");
    expect(await session.rows('SHOW PARTITIONS logs')).toEqual([['day=2024-01-02'], ['day=2024-01-03']]);
    expect(await session.reason("ALTER TABLE logs ADD PARTITION (hour = '1')")).toMatch(
      /must have a value for each of: day/,
    );
  });
});

describe('views', () => {
  it('show their tables as they are when they are read', async () => {
    await session.rows(
      'CREATE VIEW big AS SELECT customer, sum(amount) AS total, count(*) AS n FROM orders GROUP BY customer',
    );
    await session.rows('CREATE OR REPLACE VIEW names AS SELECT upper(customer) AS name FROM retail.big WHERE n > 0');
    expect(await session.rows('SELECT * FROM names ORDER BY 1')).toEqual([['"BOB"'], ['ALICE']]);
    await put('orders/b.csv', 'id|customer|amount\n3|carol|1\n');
    expect(await session.rows("SELECT name FROM names WHERE name LIKE 'C%'")).toEqual([['CAROL']]);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'retail', Name: 'big' }));
    expect(Table).toMatchObject({
      TableType: 'VIRTUAL_VIEW',
      StorageDescriptor: {
        Columns: [{ Name: 'customer', Type: 'string' }, { Type: 'decimal(38,2)' }, { Type: 'bigint' }],
      },
      ViewOriginalText: expect.stringMatching(/^\/\* Presto View: /),
    });
    expect(await session.rows('SHOW VIEWS')).toEqual([['big'], ['names']]);
    expect((await session.rows('SHOW CREATE VIEW names')).flat().join('\n')).toContain(
      'SELECT upper(customer) AS name',
    );
  });

  it('are checked when they are made', async () => {
    expect(await session.reason('CREATE VIEW v AS SELECT missing FROM orders')).toMatch(
      /Column 'missing' cannot be resolved/,
    );
    expect(await session.reason('CREATE VIEW v AS SELECT count(*) FROM orders')).toMatch(
      /Column name not specified at position 1/,
    );
    expect(await session.reason('CREATE VIEW orders AS SELECT 1 AS a')).toMatch(/already exists/);
    expect(await session.reason('DROP TABLE big')).toMatch(/use DROP VIEW/);
  });
});

describe('written tables', () => {
  it('are made from a query, in partitions', async () => {
    const { Status, Statistics, QueryExecutionId } = await session.run(`CREATE TABLE copied
      WITH (format = 'PARQUET', parquet_compression = 'SNAPPY', external_location = 's3://lake/copied/', partitioned_by = ARRAY['kind'])
      AS SELECT id, sum(id) AS total, TIMESTAMP '2024-01-15 10:30:00' AS at, CASE WHEN id = 1 THEN 'first one' ELSE 'other/é' END AS kind
      FROM orders GROUP BY id`);
    expect([Status?.State, Status?.StateChangeReason]).toEqual(['SUCCEEDED', undefined]);
    expect(Statistics?.DataScannedInBytes).toBeGreaterThan(0);
    const results = await session.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    expect(results.UpdateCount).toBe(3);
    expect(await session.rows('SELECT * FROM copied ORDER BY id')).toEqual([
      ['1', '1', '2024-01-15 10:30:00.000', 'first one'],
      ['2', '2', '2024-01-15 10:30:00.000', 'other/é'],
      ['3', '3', '2024-01-15 10:30:00.000', 'other/é'],
    ]);
    const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'retail', TableName: 'copied' }));
    expect(Partitions?.map(({ Values }) => Values).sort()).toEqual([['first one'], ['other/é']]);
    const again = `CREATE TABLE copied2 WITH (external_location = 's3://lake/copied/') AS SELECT 1 AS a`;
    expect(await session.reason(again)).toMatch(/HIVE_PATH_ALREADY_EXISTS/);
  });

  it('take more rows', async () => {
    await session.rows("INSERT INTO copied SELECT 9, 9, TIMESTAMP '2024-02-01 00:00:00', 'new'");
    await session.rows("INSERT INTO copied (kind, id) VALUES ('new', 10)");
    expect(await session.rows("SELECT id, total FROM copied WHERE kind = 'new' ORDER BY id")).toEqual([
      ['9', '9'],
      ['10', undefined],
    ]);
    expect((await keysUnder('copied/kind=new/')).length).toBe(2);
    expect(await session.reason('INSERT INTO copied SELECT 1')).toMatch(/mismatched column types/);
    expect(await session.reason("INSERT INTO copied (id, kind) VALUES ('a', 'new')")).toMatch(/TYPE_MISMATCH/);
    expect(await session.reason("INSERT INTO copied SELECT 'a' + 1")).toMatch(/line 1:31: Cannot apply operator/);
  });

  it('can be empty, without data, or only files', async () => {
    await session.rows('CREATE TABLE shell AS SELECT id, customer FROM orders WITH NO DATA');
    expect(await session.rows('SELECT * FROM shell')).toEqual([]);
    await session.rows('CREATE TABLE none AS SELECT id FROM orders WHERE id > 100');
    expect(await session.rows('SELECT count(*) FROM none')).toEqual([['0']]);
    await session.rows(
      "UNLOAD (SELECT id FROM orders) TO 's3://lake/unloaded/' WITH (format = 'PARQUET', compression = 'ZSTD')",
    );
    expect((await keysUnder('unloaded/')).length).toBe(1);
  });

  it('leave nothing behind when they fail', async () => {
    const failing =
      "CREATE TABLE bad WITH (external_location = 's3://lake/bad/') AS SELECT CAST(customer AS integer) AS n FROM orders";
    expect(await session.reason(failing)).toMatch(/INVALID_CAST_ARGUMENT/);
    expect(await keysUnder('bad/')).toEqual([]);
    expect(await session.reason('SELECT * FROM bad')).toMatch(/TABLE_NOT_FOUND/);
    expect(await session.reason('CREATE TABLE bad AS SELECT count(*) FROM orders')).toMatch(
      /Column name not specified/,
    );
    expect(await session.reason("CREATE TABLE bad WITH (format = 'ORC') AS SELECT 1 AS a")).toMatch(
      /Writing ORC is not supported/,
    );
    expect(
      await session.reason("CREATE TABLE bad WITH (partitioned_by = ARRAY['a']) AS SELECT 1 AS a, 2 AS b"),
    ).toMatch(/must be the last columns/);
  });
});
