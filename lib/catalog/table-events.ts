import type { Table } from '@aws-sdk/client-glue';
import type { ColumnChange } from './schemas';
import { heldSince } from './table-at';
import { editedAt } from './table-metadata';

/** A version of a table in the catalog. `edited`: its columns are the same, its description or settings are not. */
export interface TableEvent {
  type: 'table';
  kind: 'created' | 'changed' | 'edited';
  table: string;
  version: string;
  /** Milliseconds since the epoch. */
  at: number;
  changes: ColumnChange[];
}

/** Returns what happened to a table in the catalog, by its versions, newest first. */
export function tableEvents(newest: readonly Table[]): TableEvent[] {
  return newest.map((table, index) => {
    const before = newest[index + 1];
    const changes = before ? columnChanges(before, table) : [];
    const kind = before ? (changes.length > 0 ? 'changed' : 'edited') : 'created';
    const at = kind === 'edited' ? timeOfEdit(table, before) : heldSince(table, !before);
    return { type: 'table', kind, table: table.Name ?? '', version: table.VersionId ?? '', at, changes };
  });
}

/** A run moves the table's UpdateTime after an edit; what people write through the console has a time of its own. */
function timeOfEdit(table: Table, before: Table | undefined): number {
  const noted = editedAt(table);
  if (noted !== undefined && noted !== (before && editedAt(before))) return noted;
  return table.UpdateTime?.getTime() ?? 0;
}

function columnChanges(from: Table, to: Table): ColumnChange[] {
  const [before, after] = [columnsOf(from), columnsOf(to)];
  const removed = [...before.keys()].filter((column) => !after.has(column));
  const rest = [...after].flatMap(([column, type]): ColumnChange[] => {
    const then = before.get(column);
    if (then === undefined) return [{ type: 'column-added', column }];
    return then === type ? [] : [{ type: 'type-changed', column, from: then, to: type }];
  });
  return [...removed.map((column): ColumnChange => ({ type: 'column-removed', column })), ...rest];
}

function columnsOf({ StorageDescriptor, PartitionKeys = [] }: Table): Map<string, string> {
  const columns = [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys];
  return new Map(columns.map(({ Name = '', Type = '' }) => [Name, Type]));
}
