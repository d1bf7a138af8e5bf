/** The data catalog through the SDK. */
import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  BatchGetPartitionCommand,
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeletePartitionCommand,
  DeleteTableCommand,
  GetDatabaseCommand,
  GetDatabasesCommand,
  GetPartitionCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GetTableVersionCommand,
  GetTableVersionsCommand,
  GetTagsCommand,
  GlueClient,
  SearchTablesCommand,
  type TableInput,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDatabaseCommand,
  UpdatePartitionCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

let lake: TestLake;
let glue: GlueClient;
beforeAll(async () => {
  lake = await startTestLake({ services: ['glue'] });
  glue = new GlueClient({ ...lake.clientConfig, maxAttempts: 1 });
});
afterAll(async () => {
  glue.destroy();
  await lake.close();
});

/** Each test has a database of its own. */
let databases = 0;
let DatabaseName = '';
beforeEach(async () => {
  DatabaseName = `db${++databases}`;
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName, Description: 'mine' } }));
});

const events: TableInput = {
  Name: 'Events',
  TableType: 'EXTERNAL_TABLE',
  PartitionKeys: [
    { Name: 'year', Type: 'int' },
    { Name: 'country', Type: 'string' },
  ],
  StorageDescriptor: { Location: 's3://b/events/', Columns: [{ Name: 'id', Type: 'bigint', Comment: 'the key' }] },
  Parameters: { classification: 'parquet' },
};

const createTable = (Name: string) =>
  glue.send(new CreateTableCommand({ DatabaseName, TableInput: { ...events, Name } }));
const fails = (request: Promise<unknown>, name: string, message: string | RegExp) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringMatching(message) });

describe('databases', () => {
  test('refuse a bad name, a second of the same, and one that is not there', async () => {
    await fails(
      glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'a/b' } })),
      'InvalidInputException',
      /DatabaseInput\.Name/,
    );
    const again = { DatabaseInput: { Name: DatabaseName.toUpperCase() } };
    await fails(glue.send(new CreateDatabaseCommand(again)), 'AlreadyExistsException', 'Database already exists.');
    await fails(
      glue.send(new GetDatabaseCommand({ Name: 'none' })),
      'EntityNotFoundException',
      'Database none not found.',
    );
    await fails(
      glue.send(new DeleteDatabaseCommand({ Name: 'none' })),
      'EntityNotFoundException',
      'Database none not found.',
    );
  });

  test('are listed page by page, changed, and deleted with their tables', async () => {
    await createTable('t');
    const Name = DatabaseName;
    await glue.send(new UpdateDatabaseCommand({ Name, DatabaseInput: { Name, Description: 'yours' } }));
    const { Database } = await glue.send(new GetDatabaseCommand({ Name: Name.toUpperCase() }));
    expect(Database).toMatchObject({
      Name,
      Description: 'yours',
      CatalogId: '000000000000',
      CreateTime: expect.any(Date),
    });
    const names = [];
    let NextToken: string | undefined;
    do {
      const page = await glue.send(new GetDatabasesCommand({ MaxResults: 1, NextToken }));
      names.push(...(page.DatabaseList ?? []).map((database) => database.Name));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names).toContain(Name);
    expect(names).toHaveLength(new Set(names).size);
    await glue.send(new DeleteDatabaseCommand({ Name }));
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
    expect((await glue.send(new GetTablesCommand({ DatabaseName }))).TableList).toEqual([]);
  });
});

describe('tables', () => {
  test('need their database, and are there once', async () => {
    await fails(
      glue.send(new CreateTableCommand({ DatabaseName: 'none', TableInput: events })),
      'EntityNotFoundException',
      'Database none not found.',
    );
    await createTable('Events');
    await fails(createTable('EVENTS'), 'AlreadyExistsException', 'Table already exists.');
    await fails(
      glue.send(new GetTableCommand({ DatabaseName, Name: 'none' })),
      'EntityNotFoundException',
      'Table none not found.',
    );
    await fails(
      glue.send(new DeleteTableCommand({ DatabaseName, Name: 'none' })),
      'EntityNotFoundException',
      'Table none not found.',
    );
  });

  test('come back as they were given, with their name in lower case', async () => {
    await createTable('Events');
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: 'EVENTS' }));
    expect(Table).toMatchObject({
      ...events,
      Name: 'events',
      DatabaseName,
      VersionId: '0',
      CreatedBy: expect.stringMatching(/:root$/),
    });
  });

  test('are found by a pattern of their name, or a word about them', async () => {
    for (const name of ['sales', 'sales_by_location', 'web_logs']) await createTable(name);
    const found = async (Expression: string) => {
      const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName, Expression }));
      return TableList.map(({ Name }) => Name);
    };
    expect(await found('sales')).toEqual(['sales']);
    expect(await found('sales*')).toEqual(['sales', 'sales_by_location']);
    expect(await found('sales.*|web_.*')).toEqual(['sales', 'sales_by_location', 'web_logs']);
    await fails(found('sales('), 'InvalidInputException', /not a valid regular expression/);
    const { TableList = [] } = await glue.send(new SearchTablesCommand({ SearchText: 'the key' }));
    expect(TableList.map(({ Name }) => Name)).toContain('web_logs');
  });

  test('keep their versions, and refuse an update on an old one', async () => {
    await createTable('t');
    const update = (Description: string, more = {}) =>
      glue.send(new UpdateTableCommand({ DatabaseName, TableInput: { ...events, Name: 't', Description }, ...more }));
    await update('one', { VersionId: '0' });
    await update('two', { SkipArchive: true });
    await fails(
      update('three', { VersionId: '0' }),
      'ConcurrentModificationException',
      'Update table failed due to concurrent modifications.',
    );
    const { TableVersions = [] } = await glue.send(new GetTableVersionsCommand({ DatabaseName, TableName: 't' }));
    expect(TableVersions.map(({ VersionId, Table }) => [VersionId, Table?.Description])).toEqual([
      ['2', 'two'],
      ['0', undefined],
    ]);
    const { TableVersion } = await glue.send(
      new GetTableVersionCommand({ DatabaseName, TableName: 't', VersionId: '0' }),
    );
    expect(TableVersion?.Table?.VersionId).toBe('0');
    await glue.send(new DeleteTableCommand({ DatabaseName, Name: 't' }));
    await createTable('t');
    expect((await glue.send(new GetTableVersionsCommand({ DatabaseName, TableName: 't' }))).TableVersions).toHaveLength(
      1,
    );
  });
});

describe('partitions', () => {
  const TableName = 'events';
  const values = [
    ['2023', 'fr'],
    ['2024', 'de'],
    ['2024', 'fr'],
    ['10000', 'xx'],
  ];
  beforeEach(async () => {
    await createTable('Events');
    const PartitionInputList = values.map((Values) => ({
      Values,
      StorageDescriptor: { Location: `s3://b/${Values.join('/')}/` },
    }));
    await glue.send(new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList }));
  });

  const found = async (Expression?: string) => {
    const { Partitions = [] } = await glue.send(new GetPartitionsCommand({ DatabaseName, TableName, Expression }));
    return Partitions.map(({ Values = [] }) => Values.join('/'));
  };

  test.each([
    [`year = '2024'`, ['2024/de', '2024/fr']],
    ['year > 2023 AND country <> "xx"', ['2024/de', '2024/fr']],
    [`(year) = ((2024)) AND (country = 'de')`, ['2024/de']],
    [`country = 2`, []],
    ['year > 2023', ['10000/xx', '2024/de', '2024/fr']],
    [`year >= 2024 AND NOT country = 'xx'`, ['2024/de', '2024/fr']],
    [`(year = 2023 OR country LIKE 'd%') AND country IS NOT NULL`, ['2023/fr', '2024/de']],
    [`year BETWEEN 2023 AND 2024 AND country IN ('de', 'it')`, ['2024/de']],
    [`country NOT IN ('fr', 'xx')`, ['2024/de']],
  ])('are found by %s', async (expression, expected) => {
    expect(await found(expression)).toEqual(expected);
  });

  test.each([
    [`city = 'x'`, 'Invalid partition expression!'],
    [`year =`, /^Unsupported expression/],
    [`year ~ 1`, /^Unsupported expression/],
    [`year = 'test'`, '"test" is not an integer.'],
    ['year IN (2024.5)', '"2024.5" is not an integer.'],
    [`year LIKE '2%'`, "Integral data type doesn't support operation 'LIKE'"],
  ])('are not found by %s', async (expression, reason) => {
    await fails(found(expression), 'InvalidInputException', reason);
  });

  test('are made once, for as many values as there are keys', async () => {
    const create = (Values: string[]) =>
      glue.send(new CreatePartitionCommand({ DatabaseName, TableName, PartitionInput: { Values } }));
    await fails(create(['2024', 'fr']), 'AlreadyExistsException', 'Partition already exists.');
    await fails(create(['2024']), 'InvalidInputException', /number of partition keys/);
    const PartitionInputList = [{ Values: ['2024', 'fr'] }, { Values: ['2025', 'fr'] }];
    const { Errors = [] } = await glue.send(
      new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList }),
    );
    expect(Errors).toMatchObject([
      { PartitionValues: ['2024', 'fr'], ErrorDetail: { ErrorCode: 'AlreadyExistsException' } },
    ]);
    expect(await found('year = 2025')).toEqual(['2025/fr']);
  });

  test('are read, moved and deleted one by one', async () => {
    const PartitionValues = ['2024', 'fr'];
    const { Partition } = await glue.send(new GetPartitionCommand({ DatabaseName, TableName, PartitionValues }));
    expect(Partition).toMatchObject({ Values: PartitionValues, StorageDescriptor: { Location: 's3://b/2024/fr/' } });
    const moved = { Values: ['2026', 'fr'], Parameters: { a: 'b' } };
    const update = { DatabaseName, TableName, PartitionValueList: PartitionValues, PartitionInput: moved };
    await glue.send(new UpdatePartitionCommand(update));
    await fails(
      glue.send(new GetPartitionCommand({ DatabaseName, TableName, PartitionValues })),
      'EntityNotFoundException',
      'Cannot find partition.',
    );
    const { Partitions } = await glue.send(
      new BatchGetPartitionCommand({
        DatabaseName,
        TableName,
        PartitionsToGet: [{ Values: ['2026', 'fr'] }, { Values: PartitionValues }],
      }),
    );
    expect(Partitions).toMatchObject([moved]);
    await glue.send(new DeletePartitionCommand({ DatabaseName, TableName, PartitionValues: ['2026', 'fr'] }));
    const PartitionsToDelete = [{ Values: ['2023', 'fr'] }, { Values: ['1', '2'] }];
    const { Errors } = await glue.send(
      new BatchDeletePartitionCommand({ DatabaseName, TableName, PartitionsToDelete }),
    );
    expect(Errors).toMatchObject([{ PartitionValues: ['1', '2'] }]);
    expect(await found()).toEqual(['10000/xx', '2024/de']);
  });
});

test('tags are kept by ARN', async () => {
  const ResourceArn = `arn:aws:glue:eu-west-3:000000000000:database/${DatabaseName}`;
  await glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: { owner: 'ada', team: 'data' } }));
  await glue.send(new UntagResourceCommand({ ResourceArn, TagsToRemove: ['team'] }));
  expect((await glue.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ owner: 'ada' });
});

test('many writers of one table leave whole versions, one after the other', async () => {
  await createTable('t');
  const update = (i: number) =>
    glue.send(new UpdateTableCommand({ DatabaseName, TableInput: { ...events, Name: 't', Description: String(i) } }));
  await Promise.all(Array.from({ length: 20 }, (_, i) => update(i)));
  const { TableVersions = [] } = await glue.send(new GetTableVersionsCommand({ DatabaseName, TableName: 't' }));
  expect(TableVersions.map(({ VersionId }) => Number(VersionId))).toEqual(Array.from({ length: 21 }, (_, i) => 20 - i));
});
