import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName } from '../catalog-schemas.ts';
import { invalidInput } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import { isOf, type StatisticsRequest, type StatisticsRun } from '../statistics/statistics-run.ts';
import type { StatisticsRuns } from '../statistics/statistics-runs.ts';
import type { SettingsStore, StatisticsSettings } from '../statistics/statistics-settings.ts';

const OfTable = { DatabaseName: CatalogName, TableName: CatalogName, CatalogID: z.string().min(1).max(255).optional() };
const What = {
  ...OfTable,
  ColumnNameList: z.array(z.string().min(1).max(255)).optional(),
  SampleSize: z.number().gt(0).max(100).optional(),
  SecurityConfiguration: z.undefined('is not supported: this lake has no security configurations').optional(),
};
const Role = z.string().min(1).max(255);
const StartRun = z.object({ ...What, Role });
const CreateSettings = z.object({
  ...What,
  Role,
  Schedule: z.string().optional(),
  Tags: z.undefined('are not supported on settings of column statistics').optional(),
});
const UpdateSettings = z.object({ ...What, Role: Role.optional(), Schedule: z.string().optional() });
const OneTable = z.object(OfTable);

interface Dependencies {
  runs: StatisticsRuns;
  settings: SettingsStore;
  catalog: Catalog;
  arns: GlueArns;
  account: string;
}

type Named = z.infer<typeof OneTable>;

export function statisticsTaskOperations(dependencies: Dependencies): Record<string, Operation> {
  const { runs, settings, catalog, arns, account } = dependencies;
  const onTable = (action: string) => (input: Named) => arns.onTable(action, input.DatabaseName, input.TableName);
  /** Whoever lets a task run as a role must be allowed to pass it. */
  const onTableAs = (action: string) => (input: Named & { Role?: string | undefined }) => [
    ...onTable(action)(input),
    ...(input.Role ? arns.passRole(input.Role) : []),
  ];
  const command = (action: string, run: (database: string, table: string) => Promise<void>) =>
    operation({
      input: OneTable,
      access: onTable(action),
      run: async ({ DatabaseName, TableName }) => {
        await run(DatabaseName, TableName);
        return {};
      },
    });
  return {
    StartColumnStatisticsTaskRun: operation({
      input: StartRun,
      access: onTableAs('StartColumnStatisticsTaskRun'),
      run: async (input) => {
        mustHaveColumns(catalog, input);
        const run = await runs.start(requestOf(input));
        return { ColumnStatisticsTaskRunId: run.id };
      },
    }),
    StopColumnStatisticsTaskRun: command('StopColumnStatisticsTaskRun', async (database, table) => {
      catalog.getTable(database, table);
      await runs.stop(database, table);
    }),
    GetColumnStatisticsTaskRun: operation({
      input: z.object({ ColumnStatisticsTaskRunId: z.string().min(1).max(255) }),
      access: () => arns.onAnything('GetColumnStatisticsTaskRun'),
      run: ({ ColumnStatisticsTaskRunId: id }) => ({ ColumnStatisticsTaskRun: runOut(runs.get(id), account) }),
    }),
    GetColumnStatisticsTaskRuns: operation({
      input: z.object({ ...OfTable, ...Paging }),
      access: () => arns.onAnything('GetColumnStatisticsTaskRuns'),
      run: ({ DatabaseName, TableName, ...paging }) => {
        const found = runs.list().filter(isOf(DatabaseName, TableName));
        const { items, NextToken } = pageOf(found, paging, ({ id }) => id);
        return { ColumnStatisticsTaskRuns: items.map((run) => runOut(run, account)), NextToken };
      },
    }),
    ListColumnStatisticsTaskRuns: operation({
      input: z.object(Paging),
      access: () => arns.onAnything('ListColumnStatisticsTaskRuns'),
      run: (paging) => {
        const { items, NextToken } = pageOf(runs.list(), paging, ({ id }) => id);
        return { ColumnStatisticsTaskRunIds: items.map(({ id }) => id), NextToken };
      },
    }),
    CreateColumnStatisticsTaskSettings: operation({
      input: CreateSettings,
      access: onTableAs('CreateColumnStatisticsTaskSettings'),
      run: async (input) => {
        mustHaveColumns(catalog, input);
        await settings.create(requestOf(input), input.Schedule);
        return {};
      },
    }),
    UpdateColumnStatisticsTaskSettings: operation({
      input: UpdateSettings,
      access: onTableAs('UpdateColumnStatisticsTaskSettings'),
      run: async (input) => {
        mustHaveColumns(catalog, input);
        await settings.update(input.DatabaseName, input.TableName, {
          columns: input.ColumnNameList,
          role: input.Role,
          sampleSize: input.SampleSize,
          schedule: input.Schedule,
        });
        return {};
      },
    }),
    GetColumnStatisticsTaskSettings: operation({
      input: OneTable,
      access: () => arns.onAnything('GetColumnStatisticsTaskSettings'),
      run: ({ DatabaseName, TableName }) => ({
        ColumnStatisticsTaskSettings: settingsOut(settings.get(DatabaseName, TableName), account),
      }),
    }),
    DeleteColumnStatisticsTaskSettings: command('DeleteColumnStatisticsTaskSettings', (database, table) =>
      settings.delete(database, table),
    ),
    StartColumnStatisticsTaskRunSchedule: command('StartColumnStatisticsTaskRunSchedule', (database, table) =>
      settings.startSchedule(database, table),
    ),
    StopColumnStatisticsTaskRunSchedule: command('StopColumnStatisticsTaskRunSchedule', (database, table) =>
      settings.stopSchedule(database, table),
    ),
  };
}

/** Throws for a table that is not there, or is a view, and for columns that it does not have. */
function mustHaveColumns(
  catalog: Catalog,
  { DatabaseName, TableName, ColumnNameList = [] }: z.infer<typeof UpdateSettings>,
) {
  const { TableType, StorageDescriptor, PartitionKeys = [] } = catalog.getTable(DatabaseName, TableName);
  if (TableType === 'VIRTUAL_VIEW')
    throw invalidInput(`${DatabaseName}.${TableName} is a view, which has no statistics.`);
  const names = new Set(
    [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys].map(({ Name }) => Name.toLowerCase()),
  );
  const unknown = ColumnNameList.filter((name) => !names.has(name.toLowerCase()));
  if (unknown.length > 0) throw invalidInput(`Table ${DatabaseName}.${TableName} has no column ${unknown.join(', ')}.`);
}

function requestOf(input: z.infer<typeof StartRun>): StatisticsRequest {
  const { DatabaseName: database, TableName: table, ColumnNameList: columns, SampleSize: sampleSize } = input;
  return { database, table, columns, role: input.Role, sampleSize };
}

function whatOut({ database, table, columns, role, sampleSize }: StatisticsRequest, account: string) {
  return {
    DatabaseName: database,
    TableName: table,
    ColumnNameList: columns,
    CatalogID: account,
    Role: role,
    SampleSize: sampleSize,
  };
}

const seconds = (at: number | undefined) => (at === undefined ? undefined : at / 1000);

function runOut(run: StatisticsRun, account: string) {
  const { id, status, startedAt, modifiedAt, endedAt, errorMessage } = run;
  return {
    ...whatOut(run, account),
    CustomerId: account,
    ColumnStatisticsTaskRunId: id,
    ComputationType: 'FULL',
    Status: status,
    CreationTime: seconds(startedAt),
    LastUpdated: seconds(modifiedAt),
    StartTime: seconds(startedAt),
    EndTime: seconds(endedAt),
    ErrorMessage: errorMessage,
    DPUSeconds: 0,
  };
}

function settingsOut(settings: StatisticsSettings, account: string) {
  const { schedule, isScheduled, lastAttempt } = settings;
  return {
    ...whatOut(settings, account),
    ...(schedule && {
      Schedule: { ScheduleExpression: schedule, State: isScheduled ? 'SCHEDULED' : 'NOT_SCHEDULED' },
      ScheduleType: 'CRON',
    }),
    SettingSource: 'TABLE',
    LastExecutionAttempt: lastAttempt && {
      Status: lastAttempt.status,
      ColumnStatisticsTaskRunId: lastAttempt.runId,
      ExecutionTimestamp: seconds(lastAttempt.at),
      ErrorMessage: lastAttempt.errorMessage,
    },
  };
}
