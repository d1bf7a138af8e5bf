/** Crawlers through the SDK, on files of every kind. */
import {
  type Crawler,
  CreateCrawlerCommand,
  CreateTableCommand,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GetCrawlerMetricsCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
  UpdateCrawlerCommand,
} from '@aws-sdk/client-glue';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buckets, csv, GlueLake, jobRole } from '../testing.ts';
import { athenaTypeOf } from './athena-type.ts';
import { excludes } from './exclusions.ts';

let lake: GlueLake;
beforeAll(async () => {
  lake = await GlueLake.start();
});
afterAll(() => lake.close());

const definition = { Role: jobRole, DatabaseName: 'retail' };
const fails = (request: Promise<unknown>, name: string, message: RegExp) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringMatching(message) });

async function crawl(Name: string): Promise<Crawler> {
  await lake.glue.send(new StartCrawlerCommand({ Name }));
  for (;;) {
    const { Crawler: crawler } = await lake.glue.send(new GetCrawlerCommand({ Name }));
    if (crawler?.State === 'READY') return crawler;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function tables(): Promise<(string | undefined)[]> {
  const { TableList = [] } = await lake.glue.send(new GetTablesCommand({ DatabaseName: 'retail' }));
  return TableList.map(({ Name }) => Name);
}

async function table(Name: string) {
  return (await lake.glue.send(new GetTableCommand({ DatabaseName: 'retail', Name }))).Table;
}

const columnsOf = (found: Awaited<ReturnType<typeof table>>) =>
  (found?.StorageDescriptor?.Columns ?? []).map((column) => `${column.Name} ${column.Type}`);

describe('a crawler', () => {
  test('is refused without a target, or with one that is no S3', async () => {
    const { glue } = lake;
    await fails(
      glue.send(new CreateCrawlerCommand({ Name: 'c', ...definition, Targets: {} })),
      'InvalidInputException',
      /no targets/,
    );
    const jdbc = { Targets: { JdbcTargets: [{ Path: 'db' }] } };
    await fails(
      glue.send(new CreateCrawlerCommand({ Name: 'c', ...definition, ...jdbc })),
      'InvalidInputException',
      /crawls S3 only/,
    );
    await fails(
      glue.send(new StartCrawlerCommand({ Name: 'none' })),
      'EntityNotFoundException',
      /Crawler entry with name none does not exist/,
    );
  });

  test('tells that it failed, and why', async () => {
    await lake.glue.send(
      new CreateCrawlerCommand({ Name: 'fails', ...definition, Targets: { S3Targets: [{ Path: 's3://nowhere/' }] } }),
    );
    const { LastCrawl } = await crawl('fails');
    expect(LastCrawl).toMatchObject({
      Status: 'FAILED',
      ErrorMessage: expect.stringMatching(/test-glue-role.*s3:ListBucket/),
    });
    await lake.glue.send(new DeleteCrawlerCommand({ Name: 'fails' }));
  });

  test('runs once at a time, and stops when it is told to', async () => {
    const { glue } = lake;
    const Targets = { S3Targets: [{ Path: `s3://${buckets.raw}/` }] };
    await glue.send(new CreateCrawlerCommand({ Name: 'once', ...definition, Targets }));
    await fails(
      glue.send(new CreateCrawlerCommand({ Name: 'once', ...definition, Targets })),
      'AlreadyExistsException',
      /once already exists/,
    );
    await fails(glue.send(new StopCrawlerCommand({ Name: 'once' })), 'CrawlerNotRunningException', /isn't running/);
    const starts = await Promise.allSettled([1, 2].map(() => glue.send(new StartCrawlerCommand({ Name: 'once' }))));
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await glue.send(new UpdateCrawlerCommand({ Name: 'once', Description: 'new' })).catch(() => undefined);
  });
});

describe('a crawl of the processed zone', () => {
  test('makes typed tables of what is there, and leaves those of the pipeline alone', async () => {
    const { glue } = lake;
    await lake.putContract('sales', [['id', 'bigint', true]]);
    await lake.transform({ key: 'sales/a.csv', ...(await lake.upload('sales/a.csv', 'id\n1\n')), format: csv('id') });
    const managed = { Name: 'sales', TableType: 'EXTERNAL_TABLE', Parameters: { 'lacustre:dataset': 'sales' } };
    const Location = `s3://${buckets.processed}/sales/`;
    await glue.send(
      new CreateTableCommand({ DatabaseName: 'retail', TableInput: { ...managed, StorageDescriptor: { Location } } }),
    );
    await lake.put(buckets.processed, 'visits/year=2023/month=12/a.csv', 'id,day,price\n1,2023-12-01,1.50\n');
    await lake.put(buckets.processed, 'visits/year=2024/month=1/b.csv', 'id,day,price\n2,2024-01-01,2.50\n');
    await lake.put(buckets.processed, 'quoted/a.csv', 'id;day;name\n1;2023-12-01;"a;b"\n');
    await lake.put(buckets.processed, 'events/a.json', '{"Id":1,"at":"2024-01-01T10:00:00Z","ok":true}\n');
    await lake.put(buckets.processed, 'pictures/a.png', Buffer.from('89504e470d0a1a0a', 'hex'));
    await lake.put(buckets.processed, '_SUCCESS', 'x');
    const Targets = { S3Targets: [{ Path: `s3://${buckets.processed}/`, Exclusions: ['_lake/**'] }] };
    await glue.send(new CreateCrawlerCommand({ Name: 'processed', ...definition, Targets, TablePrefix: 'found_' }));

    const { LastCrawl } = await crawl('processed');
    expect(LastCrawl?.ErrorMessage).toBeUndefined();
    expect(LastCrawl?.Status).toBe('SUCCEEDED');
    expect(await tables()).toEqual(['found_events', 'found_quoted', 'found_visits', 'sales']);
    expect(await table('sales')).toMatchObject({ VersionId: '0', Parameters: managed.Parameters });

    const visits = await table('found_visits');
    expect(columnsOf(visits)).toEqual([
      'id bigint',
      'day date',
      expect.stringMatching(/^price (double|decimal\(\d+,\d+\))$/),
    ]);
    expect(visits).toMatchObject({
      PartitionKeys: [
        { Name: 'year', Type: 'string' },
        { Name: 'month', Type: 'string' },
      ],
      Parameters: {
        classification: 'csv',
        UPDATED_BY_CRAWLER: 'processed',
        objectCount: '2',
        'skip.header.line.count': '1',
      },
      StorageDescriptor: {
        Location: `s3://${buckets.processed}/visits/`,
        SerdeInfo: {
          SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
          Parameters: { 'field.delim': ',' },
        },
      },
    });
    const { Partitions = [] } = await glue.send(
      new GetPartitionsCommand({ DatabaseName: 'retail', TableName: 'found_visits' }),
    );
    expect(Partitions.map(({ Values, StorageDescriptor: sd }) => [Values, sd?.Location])).toEqual([
      [['2023', '12'], `s3://${buckets.processed}/visits/year=2023/month=12/`],
      [['2024', '1'], `s3://${buckets.processed}/visits/year=2024/month=1/`],
    ]);
    const quoted = await table('found_quoted');
    expect(columnsOf(quoted)).toEqual(['id bigint', 'day string', 'name string']);
    expect(quoted?.StorageDescriptor?.SerdeInfo).toMatchObject({
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
      Parameters: { separatorChar: ';', quoteChar: '"' },
    });
    expect(columnsOf(await table('found_events'))).toEqual(['id bigint', 'at timestamp', 'ok boolean']);
    const { CrawlerMetricsList } = await glue.send(new GetCrawlerMetricsCommand({ CrawlerNameList: ['processed'] }));
    expect(CrawlerMetricsList).toMatchObject([{ TablesCreated: 3, TablesUpdated: 0 }]);
  });

  test('finds what has changed, and nothing where nothing has', async () => {
    const { glue, s3 } = lake;
    await crawl('processed');
    expect(await table('found_visits')).toMatchObject({ VersionId: '0' });
    await lake.put(buckets.processed, 'visits/year=2025/month=1/c.csv', 'id,day,price\n3,2025-01-01,2.50\n');
    for (const Key of ['visits/year=2023/month=12/a.csv', 'events/a.json']) {
      await s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key }));
    }
    const SchemaChangePolicy = { DeleteBehavior: 'DELETE_FROM_DATABASE' as const };
    await glue.send(new UpdateCrawlerCommand({ Name: 'processed', SchemaChangePolicy }));
    expect((await crawl('processed')).LastCrawl?.Status).toBe('SUCCEEDED');
    expect(await tables()).toEqual(['found_quoted', 'found_visits', 'sales']);
    const { Partitions = [] } = await glue.send(
      new GetPartitionsCommand({ DatabaseName: 'retail', TableName: 'found_visits' }),
    );
    expect(Partitions.map(({ Values }) => Values?.join('/'))).toEqual(['2024/1', '2025/1']);
  });

  test('knows a table by its place, reads Parquet footers, and does not double a name', async () => {
    const { glue } = lake;
    const Targets = { S3Targets: [{ Path: `s3://${buckets.processed}/sales` }] };
    await glue.send(
      new CreateCrawlerCommand({ Name: 'one', ...definition, DatabaseName: 'other', Targets, TablePrefix: 'sales' }),
    );
    const { CreateDatabaseCommand } = await import('@aws-sdk/client-glue');
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'other' } }));
    expect((await crawl('one')).LastCrawl?.ErrorMessage).toBeUndefined();
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'other' }));
    expect(TableList.map((found) => [found.Name, columnsOf(found), found.Parameters?.recordCount])).toEqual([
      ['sales', ['id bigint'], '1'],
    ]);
  });
});

test.each([
  ['_lake/**', '_lake/contracts/a.json', true],
  ['_lake/**', 'x/_lake/a', false],
  ['*.csv', 'a.csv', true],
  ['*.csv', 'a/b.csv', false],
  ['**.{csv,json}', 'a/b.json', true],
  ['data-[0-9]?/**', 'data-12/x', true],
  ['data-[!0-9]/**', 'data-1/x', false],
])('the pattern %s on %s', (pattern, path, expected) => {
  expect(excludes([pattern])(path)).toBe(expected);
});

test.each([
  ['INTEGER[]', 'array<int>'],
  ['DECIMAL(18,3)', 'decimal(18,3)'],
  [
    'STRUCT("A b" VARCHAR, c STRUCT(d BIGINT[], "e,f" DOUBLE))',
    'struct<a b:string,c:struct<d:array<bigint>,e,f:double>>',
  ],
  ['MAP(VARCHAR, DECIMAL(5,2))', 'map<string,decimal(5,2)>'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['UUID', 'string'],
])('%s is %s to Athena', (duckdb, athena) => {
  expect(athenaTypeOf(duckdb)).toBe(athena);
});
