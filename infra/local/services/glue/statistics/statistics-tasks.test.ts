/** Tasks that compute column statistics, through the SDK: they really read the table. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateColumnStatisticsTaskSettingsCommand,
  CreateTableCommand,
  DeleteColumnStatisticsTaskSettingsCommand,
  DeleteTableCommand,
  GetColumnStatisticsForTableCommand,
  GetColumnStatisticsTaskRunCommand,
  GetColumnStatisticsTaskRunsCommand,
  GetColumnStatisticsTaskSettingsCommand,
  ListColumnStatisticsTaskRunsCommand,
  StartColumnStatisticsTaskRunCommand,
  type StartColumnStatisticsTaskRunCommandInput,
  StartColumnStatisticsTaskRunScheduleCommand,
  StopColumnStatisticsTaskRunCommand,
  StopColumnStatisticsTaskRunScheduleCommand,
  UpdateColumnStatisticsTaskSettingsCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLog } from '../../../log.ts';
import { State } from '../../../state/state.ts';
import { buckets, GlueLake, jobRole } from '../testing.ts';
import { type ExecuteStatisticsRun, StatisticsRuns } from './statistics-runs.ts';

const EVERY_MINUTE = 'cron(* * * * ? *)';
const columns = {
  id: 'bigint',
  ok: 'boolean',
  price: 'decimal(9,2)',
  score: 'double',
  day: 'date',
  at: 'timestamp',
  name: 'string',
  tags: 'array<string>',
};
const rows = [
  '1,true,-12.30,1.5,2024-01-02,2024-01-02 03:04:05,ann,a',
  '2,false,200.00,2.5,2024-02-01,2024-01-02 03:04:06,bertha,a',
  '9007199254740993,true,\\N,\\N,\\N,\\N,\\N,\\N',
];

let lake: GlueLake;
let aheadMs = 0;
beforeAll(async () => {
  lake = await GlueLake.start({ clock: () => Date.now() + aheadMs });
  await lake.put(buckets.processed, 'visits/a.csv', `${rows.join('\n')}\n`);
  await create('visits');
  await allow('glue:UpdateColumnStatisticsForTable');
});
afterAll(() => lake.close());

const allow = (...actions: string[]) =>
  lake.allow([
    { Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'], Resource: 'arn:aws:s3:::test-*' },
    {
      Action: ['glue:GetTable', 'glue:GetTables', 'glue:GetDatabase', 'glue:GetPartitions', ...actions],
      Resource: '*',
    },
  ]);
const create = (Name: string, more = {}) =>
  lake.glue.send(
    new CreateTableCommand({
      DatabaseName: 'retail',
      TableInput: {
        Name,
        TableType: 'EXTERNAL_TABLE',
        StorageDescriptor: {
          Location: `s3://${buckets.processed}/visits/`,
          Columns: Object.entries(columns).map(([column, Type]) => ({ Name: column, Type })),
          SerdeInfo: {
            SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
            Parameters: { 'field.delim': ',' },
          },
        },
        ...more,
      },
    }),
  );
const ofVisits = { DatabaseName: 'retail', TableName: 'visits' };
const start = async (input: Partial<StartColumnStatisticsTaskRunCommandInput> = {}) =>
  (await lake.glue.send(new StartColumnStatisticsTaskRunCommand({ ...ofVisits, Role: jobRole, ...input })))
    .ColumnStatisticsTaskRunId ?? '';
const run = async (ColumnStatisticsTaskRunId: string) =>
  (await lake.glue.send(new GetColumnStatisticsTaskRunCommand({ ColumnStatisticsTaskRunId }))).ColumnStatisticsTaskRun;
async function ended(id: string) {
  await expect.poll(async () => (await run(id))?.EndTime, { timeout: 20_000 }).toBeDefined();
  return run(id);
}
const statistics = async (...ColumnNames: string[]) => {
  const get = new GetColumnStatisticsForTableCommand({ ...ofVisits, ColumnNames });
  const { ColumnStatisticsList = [] } = await lake.glue.send(get);
  return Object.fromEntries(ColumnStatisticsList.map((one) => [one.ColumnName, one.StatisticsData]));
};
const settings = async (TableName = 'visits') =>
  (await lake.glue.send(new GetColumnStatisticsTaskSettingsCommand({ ...ofVisits, TableName })))
    .ColumnStatisticsTaskSettings;
const fails = (request: Promise<unknown>, name: string, message: string) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringContaining(message) });

test('what cannot be computed is refused before anything runs', async () => {
  await fails(start({ TableName: 'nowhere' }), 'EntityNotFoundException', 'nowhere');
  await fails(start({ ColumnNameList: ['id', 'idd'] }), 'InvalidInputException', 'has no column idd');
  await fails(start({ SampleSize: 101 }), 'InvalidInputException', 'SampleSize');
  await fails(start({ SecurityConfiguration: 'kms' }), 'InvalidInputException', 'SecurityConfiguration');
  await create('seen', { TableType: 'VIRTUAL_VIEW' });
  await fails(start({ TableName: 'seen' }), 'InvalidInputException', 'is a view');
  await fails(
    lake.glue.send(new StopColumnStatisticsTaskRunCommand(ofVisits)),
    'ColumnStatisticsTaskNotRunningException',
    'retail.visits',
  );
  await fails(run('none'), 'EntityNotFoundException', 'none');
  expect((await lake.glue.send(new ListColumnStatisticsTaskRunsCommand({}))).ColumnStatisticsTaskRunIds).toEqual([]);
});

test('a role that may not, or does not trust Glue, ends the run and leaves nothing', async () => {
  await allow();
  const denied = await ended(await start());
  expect(denied).toMatchObject({
    Status: 'FAILED',
    ErrorMessage: expect.stringContaining('glue:UpdateColumnStatisticsForTable'),
  });
  await lake.allow([{ Action: ['glue:*'], Resource: '*' }]);
  expect(await ended(await start())).toMatchObject({ Status: 'FAILED', ErrorMessage: expect.stringContaining('s3:') });
  expect(await ended(await start({ Role: 'no-such-role' }))).toMatchObject({
    Status: 'FAILED',
    ErrorMessage: expect.stringContaining('no-such-role'),
  });
  expect(await statistics('id')).toEqual({});
  await allow('glue:UpdateColumnStatisticsForTable');
});

test('the statistics of each type are what the files hold', async () => {
  const id = await start();
  expect(await ended(id)).toMatchObject({
    ...ofVisits,
    ColumnStatisticsTaskRunId: id,
    Status: 'SUCCEEDED',
    ComputationType: 'FULL',
    Role: jobRole,
    CustomerId: '000000000000',
  });
  const counts = { NumberOfNulls: 1, NumberOfDistinctValues: 2 };
  const seconds = (text: string) => Date.parse(text) / 1000;
  const decimal = (bytes: number[]) => ({ UnscaledValue: Uint8Array.from(bytes), Scale: 2 });
  expect(await statistics(...Object.keys(columns))).toEqual({
    // The greatest is past what a number of JSON holds.
    id: { Type: 'LONG', LongColumnStatisticsData: { MinimumValue: 1, NumberOfNulls: 0, NumberOfDistinctValues: 3 } },
    ok: {
      Type: 'BOOLEAN',
      BooleanColumnStatisticsData: { NumberOfTrues: 2, NumberOfFalses: 1, NumberOfNulls: 0 },
    },
    price: {
      Type: 'DECIMAL',
      DecimalColumnStatisticsData: {
        MinimumValue: decimal([0xfb, 0x32]),
        MaximumValue: decimal([0x4e, 0x20]),
        ...counts,
      },
    },
    score: { Type: 'DOUBLE', DoubleColumnStatisticsData: { MinimumValue: 1.5, MaximumValue: 2.5, ...counts } },
    day: {
      Type: 'DATE',
      DateColumnStatisticsData: {
        MinimumValue: new Date('2024-01-02'),
        MaximumValue: new Date('2024-02-01'),
        ...counts,
      },
    },
    at: {
      Type: 'LONG',
      LongColumnStatisticsData: {
        MinimumValue: seconds('2024-01-02T03:04:05Z'),
        MaximumValue: seconds('2024-01-02T03:04:06Z'),
        ...counts,
      },
    },
    name: { Type: 'STRING', StringColumnStatisticsData: { MaximumLength: 6, AverageLength: 4.5, ...counts } },
  });
});

test('only the columns that are named are computed, of a sample where one is asked for', async () => {
  await lake.put(buckets.processed, 'visits/b.csv', '4,true,1.00,1,2024-01-02,2024-01-02 03:04:05,maximilian,a\n');
  expect((await ended(await start({ ColumnNameList: ['ID'], SampleSize: 50 })))?.Status).toBe('SUCCEEDED');
  const { id, name } = await statistics('id', 'name');
  expect(name?.StringColumnStatisticsData?.MaximumLength).toBe(6);
  expect(id?.LongColumnStatisticsData?.NumberOfDistinctValues).toBeLessThanOrEqual(4);
  const { ColumnStatisticsTaskRuns = [], NextToken } = await lake.glue.send(
    new GetColumnStatisticsTaskRunsCommand({ ...ofVisits, MaxResults: 1 }),
  );
  expect(ColumnStatisticsTaskRuns).toMatchObject([{ ColumnNameList: ['ID'], SampleSize: 50 }]);
  expect(NextToken).toBeDefined();
});

describe('settings', () => {
  test('are kept, changed and deleted, and go with their table', async () => {
    const make = (more = {}) =>
      lake.glue.send(new CreateColumnStatisticsTaskSettingsCommand({ ...ofVisits, Role: jobRole, ...more }));
    await fails(make({ Schedule: 'rate(5 minutes)' }), 'InvalidInputException', 'is not cron(…)');
    await fails(settings(), 'EntityNotFoundException', 'retail.visits');
    await make({ ColumnNameList: ['id'] });
    await fails(make(), 'AlreadyExistsException', 'already exist');
    const startSchedule = new StartColumnStatisticsTaskRunScheduleCommand(ofVisits);
    await fails(lake.glue.send(startSchedule), 'InvalidInputException', 'no schedule');
    const change = { ...ofVisits, Schedule: EVERY_MINUTE, SampleSize: 100 };
    await lake.glue.send(new UpdateColumnStatisticsTaskSettingsCommand(change));
    expect(await settings()).toMatchObject({
      ...ofVisits,
      ColumnNameList: ['id'],
      SampleSize: 100,
      Schedule: { ScheduleExpression: EVERY_MINUTE, State: 'SCHEDULED' },
      ScheduleType: 'CRON',
      SettingSource: 'TABLE',
    });
    await lake.glue.send(new DeleteColumnStatisticsTaskSettingsCommand(ofVisits));
    await fails(settings(), 'EntityNotFoundException', 'not found');
    await create('brief');
    await make({ TableName: 'brief' });
    await lake.glue.send(new DeleteTableCommand({ DatabaseName: 'retail', Name: 'brief' }));
    await create('brief');
    await fails(settings('brief'), 'EntityNotFoundException', 'retail.brief');
  });

  test('start a run when its time has come, and say how that went', async () => {
    const input = { ...ofVisits, Role: jobRole, Schedule: EVERY_MINUTE, ColumnNameList: ['name'] };
    await lake.glue.send(new CreateColumnStatisticsTaskSettingsCommand(input));
    await lake.glue.send(new StopColumnStatisticsTaskRunScheduleCommand(ofVisits));
    expect((await settings())?.Schedule?.State).toBe('NOT_SCHEDULED');
    await lake.glue.send(new StartColumnStatisticsTaskRunScheduleCommand(ofVisits));
    aheadMs += 60_000;
    const attempt = async () => (await settings())?.LastExecutionAttempt;
    await expect.poll(async () => (await attempt())?.Status, { timeout: 20_000 }).toBe('STARTED');
    await lake.glue.send(new StopColumnStatisticsTaskRunScheduleCommand(ofVisits));
    expect((await ended((await attempt())?.ColumnStatisticsTaskRunId ?? ''))?.Status).toBe('SUCCEEDED');
    expect((await statistics('name')).name?.StringColumnStatisticsData?.MaximumLength).toBe(10);
  });
});

test('a run is one at a time of its table, can be stopped, and goes on after the lake’s death', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lacustre-statistics-'));
  const state = State.open(folder);
  const begun: string[] = [];
  const untilStopped: ExecuteStatisticsRun = ({ id }, signal) => {
    begun.push(id);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error(String(signal.reason)))));
  };
  const options = { state, clock: Date.now, log: jsonLog(() => undefined) };
  const runs = await StatisticsRuns.start({ ...options, execute: untilStopped });
  const request = { database: 'retail', table: 'visits', role: jobRole };
  const { id } = await runs.start(request);
  await fails(runs.start(request), 'ColumnStatisticsTaskRunningException', 'is running');
  const other = await runs.start({ ...request, table: 'other' });
  await expect.poll(() => begun).toEqual([id, other.id]);
  await runs.stop('retail', 'visits');
  await expect.poll(() => runs.get(id).status).toBe('STOPPED');
  await fails(runs.stop('retail', 'visits'), 'ColumnStatisticsTaskNotRunningException', 'retail.visits');
  await runs.close();
  const again = await StatisticsRuns.start({ ...options, execute: async () => undefined });
  await expect.poll(() => again.get(other.id).status).toBe('SUCCEEDED');
  expect(again.get(id).status).toBe('STOPPED');
  await again.close();
  await state.close();
  await rm(folder, { recursive: true });
});
