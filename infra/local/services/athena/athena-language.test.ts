import { gzipSync } from 'node:zlib';
import {
  CreatePreparedStatementCommand,
  DeletePreparedStatementCommand,
  GetPreparedStatementCommand,
  GetQueryResultsCommand,
  ListPreparedStatementsCommand,
} from '@aws-sdk/client-athena';
import { GetPartitionsCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
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
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  await session.rows('CREATE DATABASE shop');
  for (const day of ['01', '02', '03']) await put(`sales/dt=2024-01-${day}/a.csv`, `${day}|${Number(day) * 10}\n`);
  await session.rows(`CREATE EXTERNAL TABLE sales (id string, amount int) PARTITIONED BY (dt string)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LOCATION 's3://lake/sales/'`);
  await session.rows('MSCK REPAIR TABLE sales');
});

afterAll(async () => {
  await lake?.close();
});

async function put(Key: string, Body: string | Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body }));
}

async function keysUnder(Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'lake', Prefix }));
  return Contents.map(({ Key }) => Key as string);
}

async function scanned(sql: string): Promise<number | undefined> {
  const { Status, Statistics } = await session.run(sql);
  expect(Status).toMatchObject({ State: 'SUCCEEDED' });
  return Statistics?.DataScannedInBytes;
}

describe('prepared statements', () => {
  it('are made, run with values and dropped in SQL', async () => {
    await session.rows('PREPARE by_day FROM SELECT amount FROM sales WHERE dt = ? AND amount > ?');
    expect((await session.rows("EXECUTE by_day USING '2024-01-02', 5")).slice(1)).toEqual([['20']]);
    expect(await session.reason("EXECUTE by_day USING '2024-01-02'")).toContain('Incorrect number of parameters');
    await session.rows('DEALLOCATE PREPARE by_day');
    expect(await session.reason("EXECUTE by_day USING '2024-01-02', 5")).toContain(
      'Prepared statement not found: by_day',
    );
    await expect(session.start('PREPARE wrong FROM SELECT FROM x')).rejects.toThrow(/mismatched input 'FROM'/);
  });

  it('are the same through the API', async () => {
    const { client } = session;
    const named = { StatementName: 'total', WorkGroup: 'primary' };
    await client.send(
      new CreatePreparedStatementCommand({
        ...named,
        QueryStatement: 'SELECT sum(amount) FROM sales WHERE amount > ?',
      }),
    );
    const { PreparedStatements } = await client.send(new ListPreparedStatementsCommand({ WorkGroup: 'primary' }));
    expect(PreparedStatements?.map(({ StatementName }) => StatementName)).toEqual(['total']);
    expect((await session.rows('EXECUTE total USING 15')).slice(1)).toEqual([['50']]);
    await client.send(new DeletePreparedStatementCommand(named));
    await expect(client.send(new GetPreparedStatementCommand(named))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('EXPLAIN', () => {
  it('tells the plan and the types of a query', async () => {
    const text = (await session.rows('EXPLAIN SELECT dt, sum(amount) AS total FROM sales GROUP BY dt'))
      .flat()
      .join('\n');
    expect(text).toContain('Output[columnNames = [dt, total]]');
    expect(text).toContain('Layout: [dt:varchar, total:bigint]');
    expect(text).toContain('└─');
    expect(text).toContain('TableScan[table = awsdatacatalog:shop:sales]');
    expect(text).not.toContain('/');
  });

  it('names steps as Trino does, in the shapes that Athena gives', async () => {
    const json = async (sql: string) => JSON.parse((await session.rows(sql)).flat().join('\n'));
    const planned = await json(
      "EXPLAIN (FORMAT JSON) SELECT dt, max(amount) FROM sales WHERE dt > '2024-01-01' GROUP BY dt",
    );
    expect(planned['0']).toMatchObject({
      name: 'Output',
      descriptor: { columnNames: '[dt, _col1]' },
      outputs: [
        { symbol: 'dt', type: 'varchar' },
        { symbol: '_col1', type: 'integer' },
      ],
      children: [{ name: 'Aggregate' }],
    });
    expect(JSON.stringify(planned)).toContain(':: [[2024-01-02], [2024-01-03]]');
    const sorted = await json('EXPLAIN (FORMAT JSON) SELECT * FROM sales ORDER BY amount');
    expect(sorted['0'].children).toMatchObject([{ name: 'Sort', descriptor: { orderBy: 'amount ASC' } }]);
    const measured = await json('EXPLAIN ANALYZE (FORMAT JSON) SELECT * FROM sales ORDER BY amount LIMIT 2');
    const [{ logicalPlan }] = measured.fragments;
    expect(logicalPlan['0'][0]).toMatchObject({
      name: 'Output',
      children: [{ name: 'TopN', distributedNodeStats: { nodeOutputRows: 2 } }],
    });
  });

  it('runs what it analyzes, and only looks at what it validates', async () => {
    expect((await session.rows('EXPLAIN ANALYZE SELECT count(*) FROM sales')).flat().join('\n')).toContain(
      'Output: 1 row',
    );
    expect(await session.rows('EXPLAIN (TYPE VALIDATE) SELECT 1')).toEqual([['true']]);
    expect(await session.reason('EXPLAIN SELECT nope FROM sales')).toContain("line 1:16: Column 'nope'");
  });
});

describe('partitions', () => {
  it('are read only where the filter of a query needs them', async () => {
    const all = await scanned('SELECT * FROM sales');
    const one = await scanned("SELECT * FROM sales WHERE dt = '2024-01-02'");
    const two = await scanned("SELECT * FROM sales s WHERE substr(s.dt, 9) IN ('01', '03') AND amount > 0");
    expect(one).toBe((all as number) / 3);
    expect(two).toBe((one as number) * 2);
    expect(await scanned("SELECT * FROM sales WHERE dt > '2025'")).toBe(0);
    expect(await session.rows("SELECT id FROM sales WHERE date(dt) >= DATE '2024-01-02' ORDER BY id")).toEqual([
      ['02'],
      ['03'],
    ]);
  });

  it('keep the rows that an outer join fills', async () => {
    const sql =
      "SELECT d.x, s.id FROM (VALUES '2024-01-01', '2024-01-09') d(x) LEFT JOIN sales s ON s.dt = d.x ORDER BY 1";
    expect(await session.rows(sql)).toEqual([
      ['2024-01-01', '01'],
      ['2024-01-09', undefined],
    ]);
    const filtered =
      "SELECT d.x FROM (VALUES '2024-01-01', '2024-01-09') d(x) LEFT JOIN sales s ON s.dt = d.x WHERE s.dt IS NULL";
    expect(await session.rows(filtered)).toEqual([['2024-01-09']]);
  });

  it('can be told by the properties of a table', async () => {
    await put('projected/2024/01/eu/1/a.csv', 'a\n');
    await put('projected/2024/02/us/2/a.csv', 'b\n');
    await session.rows(`CREATE EXTERNAL TABLE projected (v string) PARTITIONED BY (month string, region string, shard int)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://lake/projected/'
      TBLPROPERTIES ('projection.enabled' = 'true',
        'projection.month.type' = 'date', 'projection.month.format' = 'yyyy/MM', 'projection.month.range' = '2024/01,2024/03',
        'projection.month.interval' = '1', 'projection.month.interval.unit' = 'MONTHS',
        'projection.region.type' = 'enum', 'projection.region.values' = 'eu,us',
        'projection.shard.type' = 'integer', 'projection.shard.range' = '1,2',
        'storage.location.template' = 's3://lake/projected/\${month}/\${region}/\${shard}/')`);
    expect(await session.rows('SELECT v, month, region, shard FROM projected ORDER BY v')).toEqual([
      ['a', '2024/01', 'eu', '1'],
      ['b', '2024/02', 'us', '2'],
    ]);
    expect(await session.rows("SELECT v FROM projected WHERE region = 'us' AND shard = 2")).toEqual([['b']]);
  });

  it('need a value from the query where they are injected', async () => {
    await put('injected/device=d1/a.csv', 'x\n');
    await session.rows(`CREATE EXTERNAL TABLE injected (v string) PARTITIONED BY (device string) LOCATION 's3://lake/injected/'
      TBLPROPERTIES ('projection.enabled' = 'true', 'projection.device.type' = 'injected')`);
    expect(await session.rows("SELECT v FROM injected WHERE device IN ('d1', 'd2')")).toEqual([['x']]);
    expect(await session.reason('SELECT v FROM injected')).toContain('injected projected partition column device');
  });
});

describe('ALTER TABLE', () => {
  it('adds columns and properties, and moves and renames partitions', async () => {
    await session.rows(
      `CREATE EXTERNAL TABLE moving (a int) PARTITIONED BY (p string) STORED AS PARQUET LOCATION 's3://lake/moving/'`,
    );
    await session.rows("ALTER TABLE moving ADD PARTITION (p = 'x')");
    await session.rows("ALTER TABLE moving ADD COLUMNS (b string COMMENT 'new', c array<int>)");
    await session.rows("ALTER TABLE moving SET TBLPROPERTIES ('owner' = 'team')");
    await session.rows("ALTER TABLE moving PARTITION (p = 'x') SET LOCATION 's3://lake/elsewhere/'");
    await session.rows("ALTER TABLE moving PARTITION (p = 'x') RENAME TO PARTITION (p = 'y')");
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'shop', Name: 'moving' }));
    expect(Table?.StorageDescriptor?.Columns?.map(({ Name, Type }) => `${Name}:${Type}`)).toEqual([
      'a:int',
      'b:string',
      'c:array<int>',
    ]);
    expect(Table?.Parameters).toMatchObject({ owner: 'team' });
    const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'shop', TableName: 'moving' }));
    expect(Partitions?.map(({ Values, StorageDescriptor }) => [Values, StorageDescriptor?.Location])).toEqual([
      [['y'], 's3://lake/elsewhere/'],
    ]);
    expect(await session.reason('ALTER TABLE moving ADD COLUMNS (a int)')).toContain('Duplicate column name: a');
    expect(await session.reason('ALTER TABLE moving ADD COLUMNS (z nope)')).toContain("Unknown type 'nope'");
  });
});

describe('formats', () => {
  it('are written by CTAS, UNLOAD and INSERT, and read again', async () => {
    await session.rows(
      "CREATE TABLE as_json WITH (format = 'JSON', external_location = 's3://lake/as-json/') AS SELECT 1 AS a, ARRAY['x'] AS b",
    );
    await session.rows("INSERT INTO as_json VALUES (2, ARRAY['y', 'z'])");
    expect(await session.rows('SELECT a, b FROM as_json ORDER BY a')).toEqual([
      ['1', '[x]'],
      ['2', '[y, z]'],
    ]);
    await session.rows(`CREATE TABLE as_text WITH (format = 'TEXTFILE', field_delimiter = '|', partitioned_by = ARRAY['p'], external_location = 's3://lake/as-text/')
      AS SELECT 'a' AS v, CAST(NULL AS integer) AS n, 'k' AS p`);
    expect(await session.rows('SELECT v, n, p FROM as_text')).toEqual([['a', undefined, 'k']]);
    await session.rows(
      "UNLOAD (SELECT 1 AS a) TO 's3://lake/out/' WITH (format = 'TEXTFILE', compression = 'none', field_delimiter = ',')",
    );
    const [key] = await keysUnder('out/');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'lake', Key: key as string }));
    expect(await Body?.transformToString()).toBe('1\n');
    expect(await session.reason("UNLOAD (SELECT 1 AS a) TO 's3://lake/orc/' WITH (format = 'ORC')")).toContain(
      'Writing ORC is not supported',
    );
  });

  it('of text are read by their SerDe and its properties', async () => {
    await put('log/a.txt.gz', gzipSync('10.0.0.1 GET 200\nbroken\n10.0.0.2 PUT 404\n'));
    await session.rows(`CREATE EXTERNAL TABLE log (ip string, verb string, code int)
      ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
      WITH SERDEPROPERTIES ('input.regex' = '(\\\\S+) (\\\\S+) (\\\\d+)') LOCATION 's3://lake/log/'`);
    expect(await session.rows('SELECT ip, code FROM log ORDER BY ip NULLS FIRST')).toEqual([
      [undefined, undefined],
      ['10.0.0.1', '200'],
      ['10.0.0.2', '404'],
    ]);
    await put('grok/a.log', 'boot: INFO took 12 ms (ok)\nnothing\nWARN slow (late)\n');
    await session.rows(`CREATE EXTERNAL TABLE grok (level string, ms int, word string, other string)
      ROW FORMAT SERDE 'com.amazonaws.glue.serde.GrokSerDe'
      WITH SERDEPROPERTIES ('input.format' = '%{L:level} (?:took %{INT:ms:int} ms|%{WORD:word}) \\\\(%{WORD:word}\\\\)', 'input.grokCustomPatterns' = 'L (INFO|WARN)')
      LOCATION 's3://lake/grok/'`);
    expect(await session.rows('SELECT level, ms, word, other FROM grok ORDER BY level NULLS LAST')).toEqual([
      ['INFO', '12', 'ok', undefined],
      ['WARN', undefined, 'slow', undefined],
      [undefined, undefined, undefined, undefined],
    ]);
    await put('lists/a.txt', 'a|1,2|k:v,w:x\n');
    await session.rows(`CREATE EXTERNAL TABLE lists (id string, ns array<int>, m map<string,string>)
      ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' COLLECTION ITEMS TERMINATED BY ',' MAP KEYS TERMINATED BY ':' LOCATION 's3://lake/lists/'`);
    expect(await session.rows("SELECT ns[2], m['w'] FROM lists")).toEqual([['2', 'x']]);
    await put('mapped/a.json', '{"userId": 7}\n');
    await session.rows(`CREATE EXTERNAL TABLE mapped (user_id int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
      WITH SERDEPROPERTIES ('mapping.user_id' = 'userId') LOCATION 's3://lake/mapped/'`);
    expect(await session.rows('SELECT user_id FROM mapped')).toEqual([['7']]);
    await put('orc/a.orc', 'ORC');
    await session.rows(
      `CREATE EXTERNAL TABLE orc (a int) ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.orc.OrcSerde' LOCATION 's3://lake/orc/'`,
    );
    expect(await session.reason('SELECT * FROM orc')).toMatch(/orc are not supported|ORC are not supported/i);
  });
});

describe('views', () => {
  it('are read through other views, with the schema they were made in', async () => {
    await session.rows('CREATE VIEW totals AS SELECT dt, sum(amount) AS total FROM sales GROUP BY dt');
    await session.rows('CREATE VIEW best AS SELECT max(total) AS best FROM totals');
    await session.rows('CREATE DATABASE other');
    const elsewhere = { QueryExecutionContext: { Database: 'other' } };
    expect(await session.rows('SELECT best FROM shop.best', elsewhere)).toEqual([['30']]);
    expect(await session.reason("SELECT best + 'a' FROM best")).toContain(
      'line 1:13: Cannot apply operator: bigint + varchar(1)',
    );
  });
});

describe('results', () => {
  it('have the types of Trino', async () => {
    const { QueryExecutionId } = await session.run("SELECT 1.50 AS d, 'ab' AS v, ARRAY[1] AS a, now() AS t, 1 + 1");
    const { ResultSet } = await session.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type, Precision, Scale }) => [
      Name,
      Type,
      Precision,
      Scale,
    ]);
    expect(columns).toEqual([
      ['d', 'decimal', 3, 2],
      ['v', 'varchar', 2, 0],
      ['a', 'array', 0, 0],
      ['t', 'timestamp with time zone', 3, 0],
      ['_col4', 'integer', 10, 0],
    ]);
  });
});
