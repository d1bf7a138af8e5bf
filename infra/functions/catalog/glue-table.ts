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
  if (isSame(existing, input)) return;
  await glue.send(
    new UpdateTableCommand({ DatabaseName: database, TableInput: input, SkipArchive: hasSameColumns(existing, input) }),
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
      recordCount: String(table.rows),
      sizeKey: String(table.sizeBytes),
    },
    StorageDescriptor: {
      Columns: table.columns.map(({ name, type }) => ({ Name: name, Type: type, Comment: comments.get(name) })),
      Location: table.location,
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        Parameters: { 'serialization.format': '1' },
      },
    },
  };
}

function isSame(existing: Table, input: TableInput): boolean {
  const parameters = Object.entries(input.Parameters ?? {});
  return (
    hasSameColumns(existing, input) &&
    existing.StorageDescriptor?.Location === input.StorageDescriptor?.Location &&
    parameters.every(([name, value]) => existing.Parameters?.[name] === value)
  );
}

function hasSameColumns(existing: Table, input: TableInput): boolean {
  const print = (table: Table | TableInput) =>
    JSON.stringify(table.StorageDescriptor?.Columns?.map(({ Name, Type }) => [Name, Type]));
  return print(existing) === print(input);
}
