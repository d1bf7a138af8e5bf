import {
  AlreadyExistsException,
  CreateTableCommand,
  EntityNotFoundException,
  GetTableCommand,
  type GlueClient,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import type { TransformReport } from '../../../lib/languages/contract/transform-report.ts';
import { parquetStorage } from '../parquet-storage.ts';

/**
 * Since when the table has these columns (ISO 8601). A table's UpdateTime moves with every run, so that only this tells
 * which columns it had at a moment: those of the newest of its versions that began before.
 */
const COLUMNS_SINCE = 'lacustre:columns-since';

export type ReportedTable = TransformReport['tables'][number];

/** Makes the catalog's entry of a table what the job reports; touches it only where it differs. */
export async function catalogTable(
  glue: GlueClient,
  database: string,
  dataset: string,
  table: ReportedTable,
): Promise<void> {
  const existing = await findTable(glue, database, table.name);
  const input = tableInputOf(dataset, table, existing);
  if (!existing) return createTable(glue, database, input);
  if (isSame(existing, input, table.columns)) return;
  await glue.send(
    new UpdateTableCommand({
      DatabaseName: database,
      TableInput: input,
      SkipArchive: hasSameColumns(existing, table.columns),
    }),
  );
}

async function findTable(glue: GlueClient, database: string, name: string): Promise<Table | undefined> {
  try {
    return (await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }))).Table;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

async function createTable(glue: GlueClient, database: string, input: TableInput): Promise<void> {
  try {
    await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput: input }));
  } catch (error) {
    // A crawler, or another run of the same dataset, was faster.
    if (!(error instanceof AlreadyExistsException)) throw error;
    await glue.send(new UpdateTableCommand({ DatabaseName: database, TableInput: input }));
  }
}

/** A Parquet table as Athena's own CREATE TABLE AS writes it; what people added to the entry stays. */
function tableInputOf(dataset: string, table: ReportedTable, existing: Table | undefined): TableInput {
  const comments = new Map(existing?.StorageDescriptor?.Columns?.map(({ Name, Comment }) => [Name, Comment]));
  return {
    Name: table.name,
    Description: existing?.Description,
    Owner: existing?.Owner,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [],
    Parameters: {
      ...existing?.Parameters,
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'lacustre:dataset': dataset,
      [COLUMNS_SINCE]: columnsSince(table, existing),
      recordCount: String(table.rows),
      sizeKey: String(table.sizeBytes),
    },
    StorageDescriptor: parquetStorage(
      table.location,
      table.columns.map(({ name, type }) => ({ Name: name, Type: type, Comment: comments.get(name) })),
    ),
  };
}

function columnsSince(table: ReportedTable, existing: Table | undefined): string {
  const now = new Date().toISOString();
  if (!existing || !hasSameColumns(existing, table.columns)) return now;
  return existing.Parameters?.[COLUMNS_SINCE] ?? existing.CreateTime?.toISOString() ?? now;
}

function isSame(existing: Table, input: TableInput, columns: ReportedTable['columns']): boolean {
  const parameters = Object.entries(input.Parameters ?? {});
  return (
    hasSameColumns(existing, columns) &&
    existing.StorageDescriptor?.Location === input.StorageDescriptor?.Location &&
    parameters.every(([name, value]) => existing.Parameters?.[name] === value)
  );
}

function hasSameColumns(existing: Table, columns: ReportedTable['columns']): boolean {
  const known = existing.StorageDescriptor?.Columns ?? [];
  const print = (pairs: unknown[][]) => JSON.stringify(pairs);
  return print(known.map(({ Name, Type }) => [Name, Type])) === print(columns.map(({ name, type }) => [name, type]));
}
