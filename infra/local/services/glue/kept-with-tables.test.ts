/** Column statistics, partition indexes and functions through the SDK. */
import {
  BatchCreatePartitionCommand,
  type ColumnStatistics,
  CreateDatabaseCommand,
  CreatePartitionIndexCommand,
  CreateTableCommand,
  CreateUserDefinedFunctionCommand,
  DeleteColumnStatisticsForPartitionCommand,
  DeleteColumnStatisticsForTableCommand,
  DeleteDatabaseCommand,
  DeletePartitionCommand,
  DeletePartitionIndexCommand,
  DeleteTableCommand,
  DeleteUserDefinedFunctionCommand,
  GetColumnStatisticsForPartitionCommand,
  GetColumnStatisticsForTableCommand,
  GetPartitionIndexesCommand,
  GetUserDefinedFunctionCommand,
  GetUserDefinedFunctionsCommand,
  GlueClient,
  UpdateColumnStatisticsForPartitionCommand,
  UpdateColumnStatisticsForTableCommand,
  UpdateUserDefinedFunctionCommand,
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
const TableName = 'visits';
beforeEach(async () => {
  DatabaseName = `db${++databases}`;
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
  await createTable();
});

const createTable = (PartitionIndexes?: { IndexName: string; Keys: string[] }[], Name = TableName) =>
  glue.send(
    new CreateTableCommand({
      DatabaseName,
      TableInput: {
        Name,
        StorageDescriptor: {
          Columns: [
            'ok boolean',
            'day date',
            'price decimal(9,2)',
            'score double',
            'id bigint',
            'name string',
            'raw binary',
          ]
            .map((column) => column.split(' '))
            .map(([column = '', Type]) => ({ Name: column, Type })),
        },
        PartitionKeys: [
          { Name: 'year', Type: 'int' },
          { Name: 'country', Type: 'string' },
          { Name: 'ratio', Type: 'double' },
        ],
      },
      PartitionIndexes,
    }),
  );
const addPartition = (...values: string[][]) =>
  glue.send(
    new BatchCreatePartitionCommand({
      DatabaseName,
      TableName,
      PartitionInputList: values.map((Values) => ({ Values })),
    }),
  );
const fails = (request: Promise<unknown>, name: string, message: string | RegExp) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringMatching(message) });

const AnalyzedTime = new Date('2026-01-15T10:00:00Z');
const distinct = { NumberOfNulls: 1, NumberOfDistinctValues: 2 };
const statistics: ColumnStatistics[] = [
  {
    ColumnName: 'ok',
    ColumnType: 'boolean',
    AnalyzedTime,
    StatisticsData: {
      Type: 'BOOLEAN',
      BooleanColumnStatisticsData: { NumberOfTrues: 1, NumberOfFalses: 2, NumberOfNulls: 3 },
    },
  },
  {
    ColumnName: 'day',
    ColumnType: 'date',
    AnalyzedTime,
    StatisticsData: {
      Type: 'DATE',
      DateColumnStatisticsData: {
        MinimumValue: new Date('2020-01-01'),
        MaximumValue: new Date('2026-01-01'),
        ...distinct,
      },
    },
  },
  {
    ColumnName: 'price',
    ColumnType: 'decimal(9,2)',
    AnalyzedTime,
    StatisticsData: {
      Type: 'DECIMAL',
      DecimalColumnStatisticsData: {
        MinimumValue: { UnscaledValue: new Uint8Array([0xff, 0x38]), Scale: 2 },
        MaximumValue: { UnscaledValue: new Uint8Array([0x01, 0x00]), Scale: 2 },
        ...distinct,
      },
    },
  },
  {
    ColumnName: 'score',
    ColumnType: 'double',
    AnalyzedTime,
    StatisticsData: {
      Type: 'DOUBLE',
      DoubleColumnStatisticsData: { MinimumValue: -0.5, MaximumValue: 1e300, ...distinct },
    },
  },
  {
    ColumnName: 'id',
    ColumnType: 'bigint',
    AnalyzedTime,
    StatisticsData: { Type: 'LONG', LongColumnStatisticsData: { MinimumValue: -7, MaximumValue: 7, ...distinct } },
  },
  {
    ColumnName: 'name',
    ColumnType: 'string',
    AnalyzedTime,
    StatisticsData: {
      Type: 'STRING',
      StringColumnStatisticsData: { MaximumLength: 9, AverageLength: 4.5, ...distinct },
    },
  },
  {
    ColumnName: 'raw',
    ColumnType: 'binary',
    AnalyzedTime,
    StatisticsData: {
      Type: 'BINARY',
      BinaryColumnStatisticsData: { MaximumLength: 9, AverageLength: 4.5, NumberOfNulls: 0 },
    },
  },
];
const [ofFlag] = statistics;
const names = statistics.map(({ ColumnName = '' }) => ColumnName);

describe('column statistics', () => {
  const ofTable = () => ({ DatabaseName, TableName });
  const ofPartition = () => ({ ...ofTable(), PartitionValues: ['2026', 'FR', '0.5'] });
  const get = (ColumnNames = names) => glue.send(new GetColumnStatisticsForTableCommand({ ...ofTable(), ColumnNames }));

  test('of every type come back as they were given, apart for table and partition', async () => {
    await addPartition(['2026', 'FR', '0.5']);
    const update = { ...ofTable(), ColumnStatisticsList: statistics };
    expect((await glue.send(new UpdateColumnStatisticsForTableCommand(update))).Errors).toEqual([]);
    expect(await get()).toMatchObject({ ColumnStatisticsList: statistics, Errors: [] });

    const list = { ...ofPartition(), ColumnStatisticsList: [ofFlag as ColumnStatistics] };
    await glue.send(new UpdateColumnStatisticsForPartitionCommand(list));
    const found = await glue.send(
      new GetColumnStatisticsForPartitionCommand({ ...ofPartition(), ColumnNames: ['OK', 'day'] }),
    );
    expect(found).toMatchObject({
      ColumnStatisticsList: [ofFlag],
      Errors: [{ ColumnName: 'day', Error: { ErrorCode: 'EntityNotFoundException' } }],
    });
    await glue.send(new DeleteColumnStatisticsForPartitionCommand({ ...ofPartition(), ColumnName: 'ok' }));
    await glue.send(new DeleteColumnStatisticsForTableCommand({ ...ofTable(), ColumnName: 'id' }));
    expect((await get(['id', 'ok'])).Errors).toMatchObject([{ ColumnName: 'id' }]);
  });

  test('are refused for what is not there, and where the type is not that of the data', async () => {
    const column = { ...(ofFlag as ColumnStatistics), ColumnName: 'nobody' };
    const update = { ...ofTable(), ColumnStatisticsList: [column] };
    expect(await glue.send(new UpdateColumnStatisticsForTableCommand(update))).toMatchObject({
      Errors: [{ ColumnStatistics: column, Error: { ErrorMessage: 'Column nobody not found.' } }],
    });
    const StatisticsData = { ...ofFlag?.StatisticsData, Type: 'LONG' as const };
    await fails(
      glue.send(
        new UpdateColumnStatisticsForTableCommand({
          ...ofTable(),
          ColumnStatisticsList: [{ ...(ofFlag as ColumnStatistics), StatisticsData }],
        }),
      ),
      'InvalidInputException',
      /LongColumnStatisticsData/,
    );
    const nobody = new GetColumnStatisticsForPartitionCommand({ ...ofPartition(), ColumnNames: ['ok'] });
    await fails(glue.send(nobody), 'EntityNotFoundException', 'Cannot find partition.');
    const none = new DeleteColumnStatisticsForTableCommand({ ...ofTable(), ColumnName: 'ok' });
    await fails(glue.send(none), 'EntityNotFoundException', 'Statistics of column ok not found.');
  });

  test('go with their table and their partition', async () => {
    await addPartition(['2026', 'FR', '0.5']);
    const ColumnStatisticsList = [ofFlag as ColumnStatistics];
    await glue.send(new UpdateColumnStatisticsForTableCommand({ ...ofTable(), ColumnStatisticsList }));
    await glue.send(new UpdateColumnStatisticsForPartitionCommand({ ...ofPartition(), ColumnStatisticsList }));
    await glue.send(new DeletePartitionCommand(ofPartition()));
    await addPartition(['2026', 'FR', '0.5']);
    const again = await glue.send(
      new GetColumnStatisticsForPartitionCommand({ ...ofPartition(), ColumnNames: ['ok'] }),
    );
    expect(again.ColumnStatisticsList).toEqual([]);
    expect((await get(['ok'])).ColumnStatisticsList).toHaveLength(1);
    await glue.send(new DeleteTableCommand({ DatabaseName, Name: TableName }));
    await createTable();
    expect((await get(['ok'])).ColumnStatisticsList).toEqual([]);
  });
});

describe('partition indexes', () => {
  const create = (IndexName: string, ...Keys: string[]) =>
    glue.send(new CreatePartitionIndexCommand({ DatabaseName, TableName, PartitionIndex: { IndexName, Keys } }));
  const list = async () =>
    (await glue.send(new GetPartitionIndexesCommand({ DatabaseName, TableName }))).PartitionIndexDescriptorList;

  test('are made, listed and deleted, three at most', async () => {
    expect(await list()).toEqual([]);
    await create('both', 'country', 'YEAR');
    await fails(create('both', 'year'), 'AlreadyExistsException', 'both already exists');
    await create('year', 'year');
    await create('country', 'country');
    await fails(create('fourth', 'year'), 'ResourceNumberLimitExceededException', 'can have 3');
    expect(await list()).toMatchObject([
      {
        IndexName: 'both',
        Keys: [
          { Name: 'country', Type: 'string' },
          { Name: 'year', Type: 'int' },
        ],
        IndexStatus: 'ACTIVE',
      },
      { IndexName: 'country' },
      { IndexName: 'year' },
    ]);
    await glue.send(new DeletePartitionIndexCommand({ DatabaseName, TableName, IndexName: 'both' }));
    await fails(
      glue.send(new DeletePartitionIndexCommand({ DatabaseName, TableName, IndexName: 'both' })),
      'EntityNotFoundException',
      'Index with the given indexName : both does not exist',
    );
  });

  test('are refused for keys that cannot be one', async () => {
    await fails(create('i', 'name'), 'InvalidInputException', 'name is not a partition key');
    await fails(create('i', 'year', 'Year'), 'InvalidInputException', 'given twice');
    await fails(create('i', 'ratio'), 'InvalidInputException', 'of type double');
    await fails(createTable([{ IndexName: 'i', Keys: ['ratio'] }], 'other'), 'InvalidInputException', 'of type double');
  });

  test('come with a new table, and tell which partitions they cannot hold', async () => {
    await glue.send(new DeleteTableCommand({ DatabaseName, Name: TableName }));
    await createTable([{ IndexName: 'year', Keys: ['year'] }]);
    await addPartition(['2026', 'FR', '1'], ['last', 'FR', '1']);
    expect(await list()).toMatchObject([
      {
        IndexStatus: 'FAILED',
        BackfillErrors: [{ Code: 'INVALID_PARTITION_TYPE_DATA_ERROR', Partitions: [{ Values: ['last', 'FR', '1'] }] }],
      },
    ]);
  });
});

describe('user-defined functions', () => {
  const input = (FunctionName: string) => ({
    FunctionName,
    ClassName: 'org.lake.Mask',
    OwnerName: 'team',
    OwnerType: 'GROUP' as const,
    FunctionType: 'REGULAR_FUNCTION' as const,
    ResourceUris: [{ ResourceType: 'JAR' as const, Uri: 's3://b/mask.jar' }],
  });
  const create = (name: string) =>
    glue.send(new CreateUserDefinedFunctionCommand({ DatabaseName, FunctionInput: input(name) }));

  test('are made, found by a pattern page by page, changed and deleted', async () => {
    await create('mask_mail');
    await create('mask_phone');
    await create('trim_all');
    await fails(create('mask_mail'), 'AlreadyExistsException', 'Function already exists.');
    const one = { DatabaseName, FunctionName: 'mask_mail' };
    const FunctionInput = { ...input('renamed'), ClassName: 'org.lake.Mask2' };
    await glue.send(new UpdateUserDefinedFunctionCommand({ ...one, FunctionInput }));
    const { UserDefinedFunction } = await glue.send(new GetUserDefinedFunctionCommand(one));
    expect(UserDefinedFunction).toEqual({
      ...input('mask_mail'),
      ClassName: 'org.lake.Mask2',
      DatabaseName,
      CatalogId: '000000000000',
      CreateTime: expect.any(Date),
    });
    const find = { DatabaseName, Pattern: 'mask_.*', MaxResults: 1 };
    const first = await glue.send(new GetUserDefinedFunctionsCommand(find));
    const second = await glue.send(new GetUserDefinedFunctionsCommand({ ...find, NextToken: first.NextToken }));
    expect([first, second].map((page) => page.UserDefinedFunctions?.[0]?.FunctionName)).toEqual([
      'mask_mail',
      'mask_phone',
    ]);
    expect(second.NextToken).toBeUndefined();
    await glue.send(new DeleteUserDefinedFunctionCommand(one));
    await fails(
      glue.send(new GetUserDefinedFunctionCommand(one)),
      'EntityNotFoundException',
      'Function mask_mail not found.',
    );
  });

  test('go with their database', async () => {
    await create('gone');
    await glue.send(new DeleteDatabaseCommand({ Name: DatabaseName }));
    await fails(create('gone'), 'EntityNotFoundException', `Database ${DatabaseName} not found.`);
    const { UserDefinedFunctions = [] } = await glue.send(new GetUserDefinedFunctionsCommand({ Pattern: 'gone' }));
    expect(UserDefinedFunctions).toEqual([]);
  });
});
