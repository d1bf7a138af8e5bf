import {
  AlreadyExistsException,
  type Column,
  ConcurrentModificationException,
  CreateTableCommand,
  EntityNotFoundException,
  GetTableCommand,
  type GlueClient,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { addGrowth, GROWTH_PARAMETER } from '../../../lib/languages/contract/table-growth.ts';
import type { TransformReport } from '../../../lib/languages/contract/transform-report.ts';
import { parquetStorage } from '../parquet-storage.ts';

/**
 * Since when the table has these columns (ISO 8601). A table's UpdateTime moves with every run, so that only this tells
 * which columns it had at a moment: those of the newest of its versions that began before.
 */
const COLUMNS_SINCE = 'lacustre:columns-since';

/** When rows were last written: a table's UpdateTime moves with each edit of its description as well. */
const LOADED_AT = 'lacustre:loaded-at';

export type ReportedTable = TransformReport['tables'][number];

/** A person who edits the table's description, a crawler, another run: each may come between reading and writing. */
const ATTEMPTS = 10;

export interface Report {
  dataset: string;
  /** When the job wrote the rows. */
  loadedAt: Date;
  execution: string;
}

/** Makes the catalog's entry of a table what the job reports; touches it only where it differs. */
export async function catalogTable(
  glue: GlueClient,
  database: string,
  report: Report,
  table: ReportedTable,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const existing = await findTable(glue, database, table.name);
    const input = tableInputOf(report, table, existing);
    if (existing && isSame(existing, input)) return;
    try {
      await writeTable(glue, database, input, existing);
      return;
    } catch (error) {
      if (!isOvertaken(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Writes over what was read, and nothing newer: what people wrote in between must not be lost. */
async function writeTable(
  glue: GlueClient,
  database: string,
  input: TableInput,
  existing: Table | undefined,
): Promise<void> {
  if (!existing) {
    await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput: input }));
    return;
  }
  await glue.send(
    new UpdateTableCommand({
      DatabaseName: database,
      TableInput: input,
      VersionId: existing.VersionId,
      SkipArchive: hasSameColumns(existing, input.StorageDescriptor?.Columns ?? []),
    }),
  );
}

function isOvertaken(error: unknown): boolean {
  return error instanceof AlreadyExistsException || error instanceof ConcurrentModificationException;
}

async function findTable(glue: GlueClient, database: string, name: string): Promise<Table | undefined> {
  try {
    return (await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }))).Table;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

/** A Parquet table as Athena's own CREATE TABLE AS writes it; what people added to the entry stays. */
function tableInputOf(report: Report, table: ReportedTable, existing: Table | undefined): TableInput {
  const comments = new Map(existing?.StorageDescriptor?.Columns?.map(({ Name, Comment }) => [Name, Comment]));
  const commented = glueColumns(table).map((column) => ({ ...column, Comment: comments.get(column.Name) }));
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
      'lacustre:dataset': report.dataset,
      [COLUMNS_SINCE]: columnsSince(table, existing),
      [LOADED_AT]: report.loadedAt.toISOString(),
      [GROWTH_PARAMETER]: growthOf(report, table, existing),
      recordCount: String(table.rows),
      sizeKey: String(table.sizeBytes),
    },
    StorageDescriptor: parquetStorage(table.location, commented),
  };
}

function growthOf({ loadedAt, execution }: Report, { rows, sizeBytes }: ReportedTable, existing: Table | undefined) {
  return addGrowth(existing?.Parameters?.[GROWTH_PARAMETER], { at: loadedAt.getTime(), rows, sizeBytes, execution });
}

function glueColumns({ columns }: ReportedTable): Column[] {
  return columns.map(({ name, type }) => ({ Name: name, Type: type }));
}

function columnsSince(table: ReportedTable, existing: Table | undefined): string {
  const now = new Date().toISOString();
  if (!existing || !hasSameColumns(existing, glueColumns(table))) return now;
  return existing.Parameters?.[COLUMNS_SINCE] ?? existing.CreateTime?.toISOString() ?? now;
}

function isSame(existing: Table, input: TableInput): boolean {
  const parameters = Object.entries(input.Parameters ?? {});
  return (
    hasSameColumns(existing, input.StorageDescriptor?.Columns ?? []) &&
    existing.StorageDescriptor?.Location === input.StorageDescriptor?.Location &&
    parameters.every(([name, value]) => existing.Parameters?.[name] === value)
  );
}

function hasSameColumns(existing: Table, columns: Column[]): boolean {
  const print = (list: Column[] = []) => JSON.stringify(list.map(({ Name, Type }) => [Name, Type]));
  return print(existing.StorageDescriptor?.Columns) === print(columns);
}
