import { EntityNotFoundException, GetTableCommand } from '@aws-sdk/client-glue';
import type { TableColumn } from '../../../lib/languages/dqdl/plan.ts';
import type { Dependencies } from './dependencies.ts';

export interface FoundTable {
  dataset: string;
  database: string;
  table: string;
  location: string;
  columns: TableColumn[];
}

/** The table of the lake's database as the catalog has it, or undefined. */
export async function findTable(
  { glue, environment }: Pick<Dependencies, 'glue' | 'environment'>,
  name: string,
): Promise<FoundTable | undefined> {
  const database = environment.DATABASE;
  try {
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
    const { StorageDescriptor = {}, PartitionKeys = [], Parameters = {} } = Table ?? {};
    const columns = [...(StorageDescriptor.Columns ?? []), ...PartitionKeys];
    return {
      dataset: Parameters['lacustre:dataset'] ?? name,
      database,
      table: name,
      location: StorageDescriptor.Location ?? '',
      columns: columns.map((column) => ({ name: column.Name ?? '', type: column.Type ?? 'string' })),
    };
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}
