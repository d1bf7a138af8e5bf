/** Crawlers through the SDK, on files of every kind. */
import { readFile } from 'node:fs/promises';
import {
  BatchGetCrawlersCommand,
  type Crawler,
  CreateClassifierCommand,
  CreateCrawlerCommand,
  CreateTableCommand,
  DeleteCrawlerCommand,
  DeleteTableCommand,
  GetCrawlerCommand,
  GetCrawlerMetricsCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
  UpdateCrawlerCommand,
  type UpdateCrawlerCommandInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buckets, csv, GlueLake, jobRole } from '../testing.ts';

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

  test('asks the classifiers that it names, as Glue keeps them', async () => {
    const { glue } = lake;
    await lake.put(buckets.raw, 'caretted/a.txt', 'a^1\nb^2\n');
    const CsvClassifier = {
      Name: 'caret',
      Delimiter: '^',
      ContainsHeader: 'ABSENT' as const,
      Header: ['town', 'amount'],
    };
    await glue.send(new CreateClassifierCommand({ CsvClassifier }));
    const Targets = { S3Targets: [{ Path: `s3://${buckets.raw}/caretted/` }] };
    await glue.send(new CreateCrawlerCommand({ Name: 'carets', ...definition, Targets, Classifiers: ['caret'] }));
    await crawl('carets');
    expect(columnsOf(await table('caretted'))).toEqual(['town string', 'amount bigint']);
    await glue.send(new DeleteTableCommand({ DatabaseName: 'retail', Name: 'caretted' }));
    await glue.send(new DeleteCrawlerCommand({ Name: 'carets' }));
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
    expect(columnsOf(visits)).toEqual(['id bigint', 'day string', 'price double']);
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
    expect(quoted?.StorageDescriptor?.SerdeInfo?.Parameters).toEqual({ 'field.delim': ';' });
    expect(columnsOf(await table('found_events'))).toEqual(['id int', 'at string', 'ok boolean']);
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

  test('doubles a name as Glue does, reads Parquet footers, and knows a table by its place', async () => {
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
      ['salessales', ['id bigint'], '1'],
    ]);
    const { Table: found } = await glue.send(new GetTableCommand({ DatabaseName: 'other', Name: 'salessales' }));
    await glue.send(new DeleteTableCommand({ DatabaseName: 'other', Name: 'salessales' }));
    const renamed = { Name: 'sales', StorageDescriptor: found?.StorageDescriptor, PartitionKeys: found?.PartitionKeys };
    await glue.send(new CreateTableCommand({ DatabaseName: 'other', TableInput: renamed }));
    await crawl('one');
    const { TableList: after = [] } = await glue.send(new GetTablesCommand({ DatabaseName: 'other' }));
    expect(after.map(({ Name }) => Name)).toEqual(['sales']);
  });
});

test('a crawl makes tables of Avro and ORC by what is in them, and of XML by its classifier', async () => {
  const fixtures = '../../../../../lib/languages/crawl/fixtures';
  const fixture = (name: string) => readFile(new URL(`${fixtures}/${name}`, import.meta.url));
  await lake.put(buckets.processed, 'stated/trades/1', await fixture('orders-deflate.avro'));
  await lake.put(buckets.processed, 'stated/kinds/1.orc', await fixture('types-snappy.orc'));
  await lake.put(buckets.processed, 'stated/bills/1.xml', '<bills><bill no="1"><sum>1.5</sum></bill></bills>');
  const XMLClassifier = { Name: 'bills', Classification: 'bills', RowTag: 'bill' };
  await lake.glue.send(new CreateClassifierCommand({ XMLClassifier }));
  const Targets = { S3Targets: [{ Path: `s3://${buckets.processed}/stated/` }] };
  await lake.glue.send(new CreateCrawlerCommand({ Name: 'stated', ...definition, Targets, Classifiers: ['bills'] }));
  expect((await crawl('stated')).LastCrawl?.Status).toBe('SUCCEEDED');
  const [trades, kinds, bills] = await Promise.all(['trades', 'kinds', 'bills'].map(table));
  expect(trades?.StorageDescriptor?.SerdeInfo?.SerializationLibrary).toMatch(/AvroSerDe$/);
  expect(columnsOf(trades)).toEqual(expect.arrayContaining(['id bigint', 'facts map<string,bigint>']));
  expect(kinds?.StorageDescriptor?.InputFormat).toMatch(/OrcInputFormat$/);
  expect(kinds?.Parameters).toMatchObject({ classification: 'orc', recordCount: '3' });
  expect(bills?.Parameters).toMatchObject({ classification: 'bills', rowTag: 'bill' });
  expect(columnsOf(bills)).toEqual(['_no int', 'sum double']);
  await lake.glue.send(new DeleteCrawlerCommand({ Name: 'stated' }));
});

describe('what a crawl may change', () => {
  const Path = `s3://${buckets.processed}/policy/`;
  const put = (day: string, header: string, row: string) =>
    lake.put(buckets.processed, `policy/day=${day}/a.csv`, `${header}\n${row}\n`);
  const update = (change: Partial<UpdateCrawlerCommandInput>) =>
    lake.glue.send(new UpdateCrawlerCommand({ Name: 'policy', ...change }));
  const four = ['id bigint', 'a string', 'b string', 'name string'];
  const days = async () => {
    const pages = await lake.glue.send(new GetPartitionsCommand({ DatabaseName: 'retail', TableName: 'policy' }));
    return (pages.Partitions ?? []).map((partition) => [
      partition.Values?.join(),
      partition.StorageDescriptor?.Columns?.length,
    ]);
  };

  beforeAll(async () => {
    await put('1', 'id,a,b,name', '1,x,y,a');
    await lake.glue.send(
      new CreateCrawlerCommand({ Name: 'policy', ...definition, Targets: { S3Targets: [{ Path }] } }),
    );
    await crawl('policy');
    expect(columnsOf(await table('policy'))).toEqual(four);
  });

  test('is nothing of a table that is pinned, or whose crawler only logs, but for new partitions', async () => {
    await put('2', 'id,a,b,name,price', '2,x,y,b,1.5');
    const found = await table('policy');
    const pin = async (value: string) => {
      const { Name, StorageDescriptor, PartitionKeys, Parameters, TableType } = (await table('policy')) ?? found ?? {};
      const TableInput = {
        Name: Name ?? '',
        StorageDescriptor,
        PartitionKeys,
        TableType,
        Parameters: { ...Parameters, 'lacustre:pinned': value },
      };
      await lake.glue.send(new UpdateTableCommand({ DatabaseName: 'retail', TableInput }));
    };
    await pin('true');
    await crawl('policy');
    expect(columnsOf(await table('policy'))).toEqual(four);
    expect(await days()).toEqual([
      ['1', 4],
      ['2', 4],
    ]);
    await pin('false');
    await update({ SchemaChangePolicy: { UpdateBehavior: 'LOG' } });
    await crawl('policy');
    expect(columnsOf(await table('policy'))).toEqual(four);
  });

  test('is columns, in a new version of the table, and in its partitions where they inherit', async () => {
    const Configuration = JSON.stringify({
      Version: 1.0,
      CrawlerOutput: { Partitions: { AddOrUpdateBehavior: 'InheritFromTable' } },
    });
    await update({ SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE' }, Configuration });
    const before = Number((await table('policy'))?.VersionId);
    await crawl('policy');
    expect(columnsOf(await table('policy'))).toEqual([...four, 'price double']);
    expect(Number((await table('policy'))?.VersionId)).toBe(before + 1);
    expect(await days()).toEqual([
      ['1', 5],
      ['2', 5],
    ]);
    const { Crawls = [] } = await lake.glue.send(new ListCrawlsCommand({ CrawlerName: 'policy', MaxResults: 1 }));
    expect(Crawls).toMatchObject([{ State: 'COMPLETED' }]);
    expect(JSON.parse(Crawls[0]?.Summary ?? '')).toMatchObject({
      TABLE: { UPDATE: { Count: 1, Details: { names: ['policy'] } } },
      PARTITION: { UPDATE: { Count: 2 } },
    });
  });

  test('is new columns alone, where the crawler is told to add only', async () => {
    const Configuration = JSON.stringify({ CrawlerOutput: { Tables: { AddOrUpdateBehavior: 'MergeNewColumns' } } });
    await update({ Configuration });
    await put('3', 'id,a,b,name,price,colour', 'z,x,y,b,1.5,red');
    await crawl('policy');
    const added = [...four, 'price double', 'colour string'];
    expect(columnsOf(await table('policy'))).toEqual(added);
  });

  test('is new folders alone, where it crawls only these', async () => {
    const RecrawlPolicy = { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' as const };
    await fails(
      update({ RecrawlPolicy }),
      'InvalidInputException',
      /"Crawl new folders only".* only LOG DeleteBehavior/,
    );
    await update({ RecrawlPolicy, SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' } });
    await put('1', 'id,a,b,name,more', '1,x,y,a,1');
    await put('4', 'id,a,b,name,price,colour', '4,x,y,b,1.5,red');
    await lake.s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key: 'policy/day=3/a.csv' }));
    const before = await table('policy');
    await crawl('policy');
    expect(await table('policy')).toMatchObject({ VersionId: before?.VersionId });
    expect((await days()).map(([day]) => day)).toEqual(['1', '2', '3', '4']);
  });

  test('is not read again where it is known, and a new folder that does not fit is left out', async () => {
    const before = await tables();
    await lake.put(buckets.processed, 'policy/day=5/a.json', '{"id":5}\n{"id":6}\n');
    // Were they read, they would be a table of their own.
    await lake.put(buckets.processed, 'policy/day=1/b.json', '{"id":5}\n{"id":6}\n');
    await crawl('policy');
    expect((await days()).map(([day]) => day)).toEqual(['1', '2', '3', '4']);
    expect(await tables()).toEqual(before);
    for (const key of ['policy/day=5/a.json', 'policy/day=1/b.json'])
      await lake.s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key: key }));
  });

  test('is a table of its own for a new folder beside the known tables', async () => {
    const Targets = { S3Targets: [{ Path: `s3://${buckets.processed}/beside/` }] };
    const SchemaChangePolicy = { UpdateBehavior: 'LOG' as const, DeleteBehavior: 'LOG' as const };
    const RecrawlPolicy = { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' as const };
    await lake.put(buckets.processed, 'beside/fruit/a.csv', 'id,price\n1,1.5\n');
    await lake.put(buckets.processed, 'beside/people/a.csv', 'name,town,born,died\nann,x,1,2\n');
    await lake.glue.send(
      new CreateCrawlerCommand({ Name: 'beside', ...definition, Targets, SchemaChangePolicy, RecrawlPolicy }),
    );
    await crawl('beside');
    await lake.put(buckets.processed, 'beside/roots/a.csv', 'id,price\n1,1.5\n');
    await crawl('beside');
    expect(await tables()).toEqual(expect.arrayContaining(['fruit', 'people', 'roots']));
    expect(await tables()).not.toContain('beside');
    await lake.glue.send(new DeleteCrawlerCommand({ Name: 'beside' }));
  });

  test('is never by events, which come through a queue that is not here', async () => {
    await fails(
      update({ RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVENT_MODE' } }),
      'InvalidInputException',
      /CRAWL_EVENT_MODE is not supported.*no SQS/,
    );
    const EventQueueArn = 'arn:aws:sqs:eu-west-3:000000000000:events';
    await fails(
      update({ Targets: { S3Targets: [{ Path, EventQueueArn }] } }),
      'InvalidInputException',
      /EventQueueArn.*no SQS/,
    );
  });

  test('is told by its history, and a crawler by its name', async () => {
    const { Crawls = [], NextToken } = await lake.glue.send(
      new ListCrawlsCommand({ CrawlerName: 'policy', MaxResults: 2 }),
    );
    expect(Crawls).toHaveLength(2);
    const rest = await lake.glue.send(new ListCrawlsCommand({ CrawlerName: 'policy', NextToken }));
    expect(rest.Crawls?.length).toBeGreaterThan(2);
    const failed = [{ FieldName: 'STATE' as const, FilterOperator: 'EQ' as const, FieldValue: 'FAILED' }];
    const none = await lake.glue.send(new ListCrawlsCommand({ CrawlerName: 'policy', Filters: failed }));
    expect(none.Crawls).toEqual([]);
    const found = await lake.glue.send(new BatchGetCrawlersCommand({ CrawlerNames: ['policy', 'nobody'] }));
    expect([found.Crawlers?.map(({ Name }) => Name), found.CrawlersNotFound]).toEqual([['policy'], ['nobody']]);
    await fails(
      update({ Configuration: '{"Grouping":{"TableLevelConfiguration":0}}' }),
      'InvalidInputException',
      /TableLevel/,
    );
  });

  test('is a table that is marked, or deleted, when its files are gone', async () => {
    await update({ RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' } });
    for (const day of ['1', '2', '4']) {
      await lake.s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key: `policy/day=${day}/a.csv` }));
    }
    await update({ SchemaChangePolicy: { DeleteBehavior: 'LOG' } });
    await crawl('policy');
    expect((await table('policy'))?.Parameters).not.toHaveProperty('DEPRECATED_BY_CRAWLER');
    await update({ SchemaChangePolicy: { DeleteBehavior: 'DEPRECATE_IN_DATABASE' } });
    await crawl('policy');
    expect((await table('policy'))?.Parameters).toHaveProperty('DEPRECATED_BY_CRAWLER');
    await update({ SchemaChangePolicy: { DeleteBehavior: 'DELETE_FROM_DATABASE' } });
    await crawl('policy');
    expect(await tables()).not.toContain('policy');
  });
});
