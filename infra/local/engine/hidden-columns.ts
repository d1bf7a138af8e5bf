import type { HiddenColumn } from '../../../lib/languages/trino-sql/query-names.ts';
import { BIGINT, type Type, VARCHAR, zoned } from '../../../lib/languages/trino-sql/types.ts';
import { quoteText } from './session.ts';
import type { TableColumn, TableFile } from './task.ts';

/** What Trino's Hive connector tells of the file of a row: https://trino.io/docs/current/connector/hive.html#metadata-columns */
export const HIDDEN_TYPES: Record<HiddenColumn, Type> = {
  $path: VARCHAR,
  $file_size: BIGINT,
  $file_modified_time: zoned(3),
  $partition: VARCHAR,
};

/** The value for a file, as SQL. */
export function hiddenValue(column: HiddenColumn, file: TableFile, partitionColumns: TableColumn[]): string {
  switch (column) {
    case '$path':
      return quoteText(file.uri);
    case '$file_size':
      return `CAST(${file.sizeBytes} AS BIGINT)`;
    case '$file_modified_time':
      return `{'i': make_timestamp(${(file.modifiedAt ?? 0) * 1000}), 'z': 'UTC'}`;
    case '$partition':
      return quoteText(partitionName(file, partitionColumns));
  }
}

function partitionName({ partition = [] }: TableFile, columns: TableColumn[]): string {
  if (columns.length === 0) return '<UNPARTITIONED>';
  return columns.map(({ name }, index) => `${name}=${partition[index] ?? '__HIVE_DEFAULT_PARTITION__'}`).join('/');
}
