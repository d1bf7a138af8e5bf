import type { Table } from '@aws-sdk/client-glue';
import type { TableColumn, TableSummary } from './schemas';

/** Returns a Glue table as the console shows it; counts are what the last run left in its parameters. */
export function tableSummary(table: Table): TableSummary {
  const parameters = table.Parameters ?? {};
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
  return {
    name: table.Name ?? '',
    dataset: parameters['lacustre:dataset'] || (table.Name ?? ''),
    columns: columns.map(
      (column): TableColumn => ({
        name: column.Name ?? '',
        type: column.Type ?? 'string',
        ...(column.Comment ? { comment: column.Comment } : {}),
      }),
    ),
    ...count('rows', parameters.recordCount),
    ...count('sizeBytes', parameters.sizeKey),
    ...(table.UpdateTime ? { updatedAt: table.UpdateTime.getTime() } : {}),
    ...(table.StorageDescriptor?.Location ? { location: table.StorageDescriptor.Location } : {}),
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
