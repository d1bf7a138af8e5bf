/** Versions, batches, segments and searches of the data catalog through the SDK. */
import {
  BatchCreatePartitionCommand,
  BatchDeleteTableVersionCommand,
  BatchUpdatePartitionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableVersionCommand,
  GetCatalogImportStatusCommand,
  GetDatabasesCommand,
  GetPartitionsCommand,
  GetTablesCommand,
  GetTableVersionCommand,
  GetTableVersionsCommand,
  GlueClient,
  SearchTablesCommand,
  type SearchTablesCommandInput,
  type TableInput,
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

let databases = 0;
let DatabaseName = '';
beforeEach(async () => {
  DatabaseName = `db${++databases}`;
  await glue.send(
    new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName, Description: `Base ${databases}` } }),
  );
});

const create = (TableInput: TableInput) => glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
const fails = (request: Promise<unknown>, name: string, message: string | RegExp) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringMatching(message) });

describe('versions of a table', () => {
  const TableName = 't';
  const versions = async () => {
    const { TableVersions = [] } = await glue.send(new GetTableVersionsCommand({ DatabaseName, TableName }));
    return TableVersions.map(({ VersionId }) => VersionId);
  };

  test('are deleted one by one or many at once, but never the current one', async () => {
    await create({ Name: TableName });
    for (let i = 0; i < 4; i++)
      await glue.send(new UpdateTableCommand({ DatabaseName, TableInput: { Name: TableName } }));
    await glue.send(new DeleteTableVersionCommand({ DatabaseName, TableName, VersionId: '1' }));
    expect(await versions()).toEqual(['4', '3', '2', '0']);
    const { Errors } = await glue.send(
      new BatchDeleteTableVersionCommand({ DatabaseName, TableName, VersionIds: ['0', '1', '3', '4'] }),
    );
    expect(Errors?.map(({ VersionId, ErrorDetail }) => [VersionId, ErrorDetail?.ErrorCode])).toEqual([
      ['1', 'EntityNotFoundException'],
      ['4', 'InvalidInputException'],
    ]);
    expect(await versions()).toEqual(['4', '2']);
    const get = (VersionId: string) => glue.send(new GetTableVersionCommand({ DatabaseName, TableName, VersionId }));
    await fails(get('3'), 'EntityNotFoundException', 'Version not found.');
    await fails(get('latest'), 'InvalidInputException', /latest/);
  });
});

describe('partitions', () => {
  const TableName = 't';
  beforeEach(async () => {
    await create({
      Name: TableName,
      PartitionKeys: [{ Name: 'n', Type: 'int' }],
      StorageDescriptor: { Columns: [{ Name: 'id' }] },
    });
    const Columns = [{ Name: 'id', Type: 'int' }];
    const PartitionInputList = Array.from({ length: 60 }, (_, n) => ({
      Values: [String(n)],
      StorageDescriptor: { Columns, Location: `s3://b/${n}/` },
    }));
    await glue.send(new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList }));
  });

  test('are read in segments that share all of them', async () => {
    const read = async (SegmentNumber: number) => {
      const Segment = { SegmentNumber, TotalSegments: 4 };
      const get = new GetPartitionsCommand({ DatabaseName, TableName, Segment, ExcludeColumnSchema: true });
      return (await glue.send(get)).Partitions ?? [];
    };
    const segments = await Promise.all([0, 1, 2, 3].map(read));
    const values = segments.flat().map(({ Values }) => Number(Values?.[0]));
    expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(segments.every((segment) => segment.length > 0)).toBe(true);
    expect(segments[0]?.[0]?.StorageDescriptor).toMatchObject({ Columns: [], Location: expect.any(String) });
    await fails(read(4), 'InvalidInputException', 'SegmentNumber must be below TotalSegments');
  });

  test('are changed many at once, and each that cannot be is told', async () => {
    const entry = (from: string, to: string) => ({
      PartitionValueList: [from],
      PartitionInput: { Values: [to], Parameters: { changed: 'yes' } },
    });
    const Entries = [entry('1', '1'), entry('2', '200'), entry('3', '4'), entry('999', '999')];
    const { Errors } = await glue.send(new BatchUpdatePartitionCommand({ DatabaseName, TableName, Entries }));
    expect(Errors?.map(({ PartitionValueList, ErrorDetail }) => [PartitionValueList, ErrorDetail?.ErrorCode])).toEqual([
      [['3'], 'AlreadyExistsException'],
      [['999'], 'EntityNotFoundException'],
    ]);
    const get = new GetPartitionsCommand({ DatabaseName, TableName, Expression: 'n IN (1, 2, 3, 200)' });
    const { Partitions = [] } = await glue.send(get);
    expect(Partitions.map(({ Values, Parameters }) => [Values?.[0], Parameters?.changed])).toEqual([
      ['1', 'yes'],
      ['200', 'yes'],
      ['3', undefined],
    ]);
  });
});

describe('a search', () => {
  const search = async (input: SearchTablesCommandInput) => {
    const { TableList = [] } = await glue.send(new SearchTablesCommand(input));
    return TableList.filter((table) => table.DatabaseName === DatabaseName).map(({ Name }) => Name);
  };
  beforeEach(async () => {
    await create({ Name: 'customer-link', Description: 'Who buys', Owner: 'ada', TableType: 'EXTERNAL_TABLE' });
    await create({ Name: 'xxlinkyy', Parameters: { classification: 'parquet', zone: 'gold' } });
    await create({
      Name: 'orders',
      Description: 'What was bought',
      StorageDescriptor: { Columns: [{ Name: 'price', Comment: 'in euros' }] },
      PartitionKeys: [{ Name: 'day' }],
    });
  });

  test.each<[string, SearchTablesCommandInput, string[]]>([
    ['a word of its name', { Filters: [{ Key: 'Name', Value: 'LINK' }] }, ['customer-link']],
    ['its whole name', { Filters: [{ Key: 'Name', Value: 'customer-link' }] }, ['customer-link']],
    ['a property', { Filters: [{ Key: 'classification', Value: 'parquet' }] }, ['xxlinkyy']],
    [
      'two filters',
      {
        Filters: [
          { Key: 'zone', Value: 'gold' },
          { Key: 'owner', Value: 'ada' },
        ],
      },
      [],
    ],
    ['a text', { SearchText: 'euros' }, ['orders']],
    ['two words', { SearchText: 'bought what' }, ['orders']],
    ['a quoted text', { SearchText: '"who buys"' }, ['customer-link']],
    ['a quoted part', { SearchText: '"who"' }, []],
    ['a partition key', { SearchText: 'day' }, ['orders']],
    ['a later time', { Filters: [{ Key: 'UpdateTime', Value: '4000000000', Comparator: 'GREATER_THAN' }] }, []],
    [
      'an earlier time, by description',
      {
        Filters: [{ Key: 'CreateTime', Value: '2020-01-01T00:00:00Z', Comparator: 'GREATER_THAN_EQUALS' }],
        SortCriteria: [{ FieldName: 'Description', Sort: 'DESC' }],
      },
      ['customer-link', 'orders', 'xxlinkyy'],
    ],
    [
      'nothing, by name',
      { SortCriteria: [{ FieldName: 'Name', Sort: 'DESC' }] },
      ['xxlinkyy', 'orders', 'customer-link'],
    ],
  ])('finds by %s', async (_what, input, expected) => {
    expect(await search(input)).toEqual(expected);
  });

  test('finds the tables of a database by what the database is said to be, page by page', async () => {
    const SearchText = `"base ${databases}"`;
    const first = await glue.send(new SearchTablesCommand({ SearchText, MaxResults: 2 }));
    const second = await glue.send(new SearchTablesCommand({ SearchText, MaxResults: 2, NextToken: first.NextToken }));
    expect([first, second].map(({ TableList }) => TableList?.map(({ Name }) => Name))).toEqual([
      ['customer-link', 'orders'],
      ['xxlinkyy'],
    ]);
  });

  test('refuses what cannot be compared or sorted', async () => {
    await fails(search({ SortCriteria: [{ FieldName: 'colour' }] }), 'InvalidInputException', 'sorted by colour');
    await fails(
      search({ Filters: [{ Key: 'CreateTime', Value: 'soon' }] }),
      'InvalidInputException',
      'soon is no time',
    );
    const Filters = [{ Key: 'Name', Value: 'x', Comparator: 'LIKE' as never }];
    await fails(search({ Filters }), 'InvalidInputException', 'Comparator');
  });
});

test('listings give only the attributes that are wanted', async () => {
  await create({ Name: 't', TableType: 'VIRTUAL_VIEW', Description: 'long' });
  const { TableList } = await glue.send(
    new GetTablesCommand({ DatabaseName, AttributesToGet: ['NAME', 'TABLE_TYPE'] }),
  );
  expect(TableList).toEqual([{ Name: 't', DatabaseName, TableType: 'VIRTUAL_VIEW' }]);
  const { DatabaseList } = await glue.send(new GetDatabasesCommand({ AttributesToGet: ['NAME'] }));
  expect(DatabaseList).toContainEqual({ Name: DatabaseName });
  await fails(
    glue.send(new GetTablesCommand({ DatabaseName, MaxResults: 101 })),
    'InvalidInputException',
    'MaxResults',
  );
});

test('the catalog was always in Glue', async () => {
  expect((await glue.send(new GetCatalogImportStatusCommand({}))).ImportStatus).toEqual({ ImportCompleted: true });
});
