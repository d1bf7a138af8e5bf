/** Names and keys of what is kept beside a table, so that it can go with the table. */
import type { StateKey } from '../../state/state.ts';

export const COLUMN_STATISTICS = 'glue.column-statistics';
export const STATISTICS_SETTINGS = 'glue.column-statistics-settings';
export const PARTITION_INDEXES = 'glue.partition-indexes';
export const FUNCTIONS = 'glue.user-defined-functions';

/** The statistics of a table's columns or, given its values, of a partition's. */
export function statisticsPrefix(database: string, table: string, partitionValues?: string[]): StateKey {
  const of = partitionValues === undefined ? ['table'] : ['partition', JSON.stringify(partitionValues)];
  return [database, table, ...of];
}
