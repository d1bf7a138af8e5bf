import { createHash } from 'node:crypto';
import {
  AlreadyExistsException,
  CreateTableCommand,
  DeleteTableCommand,
  EntityNotFoundException,
  type GlueClient,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { parquetStorage } from './parquet-storage.ts';

export interface StagedColumns {
  /** `s3://…/` of the folder. */
  location: string;
  columns: { name: string; type: string }[];
}

/** What a run's staged rows are called in the catalog. */
export function stagedTableName(dataset: string, execution: string): string {
  return `${dataset}_${createHash('sha256').update(execution).digest('hex').slice(0, 16)}`;
}

/** The table's rows under the columns that the staged ones have, for as long as the two differ. */
export const beforeTableName = (stagedTable: string): string => `${stagedTable}_before`;

/** Makes an entry of the staged database; a second time it is made the same. */
export async function putStagedTable(
  glue: GlueClient,
  database: string,
  name: string,
  { location, columns }: StagedColumns,
): Promise<void> {
  const TableInput: TableInput = {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [],
    Parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
    StorageDescriptor: parquetStorage(
      location,
      columns.map((column) => ({ Name: column.name, Type: column.type })),
    ),
  };
  try {
    await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
    await glue.send(new UpdateTableCommand({ DatabaseName: database, TableInput, SkipArchive: true }));
  }
}

/** Takes a run's entries out of the staged database, once its rows are published. */
export async function deleteStagedTables(
  glue: GlueClient,
  database: string,
  dataset: string,
  execution: string,
): Promise<void> {
  const name = stagedTableName(dataset, execution);
  await Promise.all([name, beforeTableName(name)].map((each) => deleteTable(glue, database, each)));
}

export async function deleteTable(glue: GlueClient, database: string, name: string): Promise<void> {
  try {
    await glue.send(new DeleteTableCommand({ DatabaseName: database, Name: name }));
  } catch (error) {
    if (!(error instanceof EntityNotFoundException)) throw error;
  }
}
