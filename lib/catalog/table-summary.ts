import type { Table } from '@aws-sdk/client-glue';
import { GROWTH_PARAMETER, readGrowth } from '@/lib/languages/contract/table-growth.ts';
import type { TableColumn, TableSummary } from './schemas';
import { loadedAt, tableMetadata } from './table-metadata';

/** Returns a Glue table as the console shows it; counts are what the last run left in its parameters. */
export function tableSummary(table: Table): TableSummary {
  const parameters = table.Parameters ?? {};
  const keys = table.PartitionKeys ?? [];
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...keys];
  const loaded = loadedAt(table);
  const growth = readGrowth(parameters[GROWTH_PARAMETER]);
  return {
    database: table.DatabaseName ?? '',
    name: table.Name ?? '',
    dataset: parameters['lacustre:dataset'] || (table.Name ?? ''),
    ...tableMetadata(table),
    columns: columns.map(
      (column): TableColumn => ({
        name: column.Name ?? '',
        type: column.Type ?? 'string',
        ...(column.Comment ? { comment: column.Comment } : {}),
      }),
    ),
    ...(keys.length > 0 ? { partitionKeys: keys.map(({ Name }) => Name ?? '') } : {}),
    ...count('rows', parameters.recordCount),
    ...count('sizeBytes', parameters.sizeKey),
    ...(table.UpdateTime ? { updatedAt: table.UpdateTime.getTime() } : {}),
    ...(loaded === undefined ? {} : { loadedAt: loaded }),
    ...(table.StorageDescriptor?.Location ? { location: table.StorageDescriptor.Location } : {}),
    ...(parameters.classification ? { format: parameters.classification } : {}),
    ...(growth.length > 0 ? { growth } : {}),
    ...(table.TableType === 'VIRTUAL_VIEW' ? { isView: true } : {}),
  };
}

/** Glue's parameters are texts; a crawler writes -1 for what it has not counted. */
function count(
  name: 'rows' | 'sizeBytes',
  text: string | undefined,
): Partial<Pick<TableSummary, 'rows' | 'sizeBytes'>> {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value >= 0 ? { [name]: value } : {};
}
