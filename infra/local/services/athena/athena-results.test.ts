/** What Athena leaves in the results bucket, and when it takes what it left. */
import {
  CreateWorkGroupCommand,
  GetDataCatalogCommand,
  GetQueryResultsCommand,
  GetQueryRuntimeStatisticsCommand,
  ListDataCatalogsCommand,
} from '@aws-sdk/client-athena';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';
import { AthenaSession, type StartOptions, valuesOf } from './testing/athena-session.ts';

let lake: TestLake;
let session: AthenaSession;
let s3: S3Client;
/** The lake's clock goes ahead; by no more than signatures may be old. */
let aheadMs = 0;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'], clock: () => Date.now() + aheadMs });
  s3 = new S3Client(lake.clientConfig);
  session = new AthenaSession(lake.clientConfig, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  await session.rows('CREATE DATABASE shop');
  await session.rows("CREATE EXTERNAL TABLE t (a string) LOCATION 's3://lake/t/'");
  await put('one\n');
});

afterAll(async () => {
  await lake?.close();
});

async function put(Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 't/a.txt', Body }));
}

async function bytesOf(uri: string | undefined): Promise<Buffer> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri ?? '') ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe('files', () => {
  it('describe the columns in the bytes of Athena', async () => {
    const { QueryExecutionId, ResultConfiguration } = await session.run(
      `SELECT ARRAY['a'] AS ary, 1.25 AS "d", 'x' AS v`,
    );
    const header = Buffer.concat([Buffer.from([0x0a, 36]), Buffer.from(QueryExecutionId as string)]);
    const ary = Buffer.from('22190a046869766522036172792a03617279320561727261794803', 'hex');
    const metadata = await bytesOf(`${ResultConfiguration?.OutputLocation}.metadata`);
    expect(metadata.subarray(0, 38 + ary.length).toString('hex')).toBe(Buffer.concat([header, ary]).toString('hex'));
    // decimal: precision 3 and scale 2; varchar: length 1, case sensitive.
    expect(metadata.toString('hex')).toContain(`${Buffer.from('decimal').toString('hex')}380340024803`);
    expect(metadata.toString('hex')).toContain(`${Buffer.from('varchar').toString('hex')}380148035001`);
  });

  it('list what CREATE TABLE AS, INSERT and UNLOAD wrote', async () => {
    for (const [sql, folder] of [
      ["CREATE TABLE copied WITH (external_location = 's3://lake/copied/') AS SELECT a FROM t", 'tables/'],
      ["INSERT INTO copied VALUES 'two'", ''],
      ["UNLOAD (SELECT a FROM t) TO 's3://lake/unloaded/' WITH (format = 'PARQUET')", ''],
    ] as const) {
      const { QueryExecutionId, Statistics } = await session.run(sql);
      expect(Statistics?.DataManifestLocation).toBe(`s3://results/athena/${folder}${QueryExecutionId}-manifest.csv`);
      const [file] = (await bytesOf(Statistics?.DataManifestLocation)).toString().split('\n');
      expect((await bytesOf(file)).subarray(0, 4).toString()).toBe('PAR1');
    }
  });

  it('have types as Athena tells them', async () => {
    const { QueryExecutionId } = await session.run(
      `SELECT true AS a, CAST(1 AS tinyint) AS b, CAST(1 AS smallint) AS c, 1 AS d, CAST(1 AS bigint) AS e, CAST(1 AS real) AS f, 1e0 AS g,
       CAST(1 AS decimal(10,1)) AS h, CAST('x' AS char(4)) AS i, CAST('x' AS varchar) AS j, X'00' AS k, current_date AS l,
       TIMESTAMP '2024-01-01 00:00:00' AS m, TIME '01:00:00' AS n, MAP(ARRAY[1], ARRAY[1]) AS o, ROW(1) AS p, JSON '1' AS q`,
    );
    const { ResultSet } = await session.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    expect(
      ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Type, Precision, Scale }) => `${Type} ${Precision} ${Scale}`),
    ).toEqual([
      'boolean 0 0',
      'tinyint 3 0',
      'smallint 5 0',
      'integer 10 0',
      'bigint 19 0',
      'float 17 0',
      'double 17 0',
      'decimal 10 1',
      'char 4 0',
      'varchar 2147483647 0',
      'varbinary 1073741824 0',
      'date 0 0',
      'timestamp 3 0',
      'time 3 0',
      'map 0 0',
      'row 0 0',
      'json 0 0',
    ]);
  });
});

describe('an earlier result', () => {
  const within = (MaxAgeInMinutes?: number): StartOptions => ({
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes } },
  });

  async function ask(sql: string, options: StartOptions = {}) {
    const { QueryExecutionId, Statistics, Status, ResultConfiguration } = await session.run(sql, options);
    if (Status?.State !== 'SUCCEEDED') throw new Error(Status?.StateChangeReason);
    const { ResultSet } = await session.client.send(new GetQueryResultsCommand({ QueryExecutionId }));
    return {
      rows: valuesOf(ResultSet?.Rows).slice(1).flat(),
      isReused: Statistics?.ResultReuseInformation?.ReusedPreviousResult,
      scannedBytes: Statistics?.DataScannedInBytes,
      place: ResultConfiguration?.OutputLocation as string,
    };
  }

  it('is taken for the same words only while it is young, and only where that is asked for', async () => {
    const sql = 'SELECT a FROM t';
    const first = await ask(sql, within(5));
    expect(first).toMatchObject({ rows: ['one'], isReused: false, scannedBytes: 4 });
    await put('changed\n');
    aheadMs += 4 * 60_000;
    expect(await ask(sql, within(5))).toEqual({ ...first, isReused: true, scannedBytes: 0 });
    // A result that was taken does not become younger by it.
    aheadMs += 2 * 60_000;
    expect(await ask(sql, within(9))).toMatchObject({ rows: ['one'], isReused: true });
    expect(await ask(`${sql} `.replace('SELECT', 'select'), within(9))).toMatchObject({
      rows: ['changed'],
      isReused: false,
    });
    expect(await ask(sql, within(5))).toMatchObject({ rows: ['changed'], isReused: false });
    expect(await ask(sql)).toMatchObject({ rows: ['changed'], isReused: false, scannedBytes: 8 });
  });

  it('is not taken from elsewhere, with other parameters, or when it is gone', async () => {
    const sql = 'SELECT a FROM t WHERE a <> ?';
    const asked = { ...within(), ExecutionParameters: ["'x'"] };
    const { place } = await ask(sql, asked);
    expect(await ask(sql, { ...asked, ExecutionParameters: ["'y'"] })).toMatchObject({ isReused: false });
    const elsewhere = { ResultConfiguration: { OutputLocation: 's3://results/else/' } };
    expect(await ask(sql, { ...asked, ...elsewhere })).toMatchObject({ isReused: false });
    await session.client.send(new CreateWorkGroupCommand({ Name: 'team' }));
    expect(await ask(sql, { ...asked, WorkGroup: 'team' })).toMatchObject({ isReused: false });
    expect(await ask(sql, asked)).toMatchObject({ isReused: true, place });
    await s3.send(new DeleteObjectCommand({ Bucket: 'results', Key: place.slice('s3://results/'.length) }));
    expect(await ask(sql, asked)).toMatchObject({ isReused: false });
  });

  it('is not taken by who may not read its tables any more', async () => {
    await session.rows("CREATE EXTERNAL TABLE gone (a string) LOCATION 's3://lake/t/'");
    await ask('SELECT a FROM gone', within());
    await session.rows('DROP TABLE gone');
    expect(await session.reason('SELECT a FROM gone', within())).toContain('TABLE_NOT_FOUND');
  });

  it('is taken by EXECUTE, and by nothing that writes', async () => {
    await session.rows('PREPARE named FROM SELECT a FROM t WHERE a <> ?');
    await ask("EXECUTE named USING 'x'", within());
    expect(await ask("EXECUTE named USING 'x'", within())).toMatchObject({ isReused: true, rows: ['changed'] });
    expect(await ask("EXECUTE named USING 'y'", within())).toMatchObject({ isReused: false });
    await session.rows('SHOW TABLES', within());
    expect((await session.run('SHOW TABLES', within())).Statistics?.ResultReuseInformation).toEqual({
      ReusedPreviousResult: false,
    });
    await expect(session.start('SELECT 1', within(10_081))).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});

it('data catalogs and the statistics of a run are told', async () => {
  const { DataCatalogsSummary } = await session.client.send(new ListDataCatalogsCommand({}));
  expect(DataCatalogsSummary).toMatchObject([{ CatalogName: 'AwsDataCatalog', Type: 'GLUE' }]);
  const { DataCatalog } = await session.client.send(new GetDataCatalogCommand({ Name: 'AwsDataCatalog' }));
  expect(DataCatalog).toMatchObject({ Name: 'AwsDataCatalog', Type: 'GLUE' });
  await expect(session.client.send(new GetDataCatalogCommand({ Name: 'nope' }))).rejects.toThrow(
    'DataCatalog nope was not found',
  );
  const { QueryExecutionId } = await session.run('SELECT a FROM t');
  const { QueryRuntimeStatistics } = await session.client.send(
    new GetQueryRuntimeStatisticsCommand({ QueryExecutionId }),
  );
  expect(QueryRuntimeStatistics?.Rows).toMatchObject({ InputBytes: 8, OutputRows: 1 });
});
