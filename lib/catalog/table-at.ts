import type { Table, TableVersion } from '@aws-sdk/client-glue';

/** When the pipeline began to write a table with these columns; its catalog step notes it. */
const COLUMNS_SINCE = 'lacustre:columns-since';

/** Versions of a table, newest first: Glue names them by numbers and promises no order. */
export function newestFirst(versions: readonly TableVersion[]): Table[] {
  return [...versions]
    .sort((a, b) => Number(b.VersionId) - Number(a.VersionId))
    .flatMap(({ Table: table }) => (table ? [table] : []));
}

/** Since when a version of a table holds, in milliseconds; `isFirst` for the oldest there is. */
export function heldSince(table: Table, isFirst: boolean): number {
  const noted = Date.parse(table.Parameters?.[COLUMNS_SINCE] ?? '');
  if (!Number.isNaN(noted)) return noted;
  return ((isFirst ? table.CreateTime : undefined) ?? table.UpdateTime ?? table.CreateTime)?.getTime() ?? 0;
}

/** Returns the table as the catalog had it at a moment; as it first was, for a moment before that. */
export function tableAt(newest: readonly Table[], at: number): Table | undefined {
  return newest.find((table, index) => heldSince(table, index === newest.length - 1) <= at) ?? newest.at(-1);
}
