import { hiveToDuckType } from './hive-type.ts';
import { quoteName, quoteText, type Session, TRINO_SETTINGS } from './session.ts';
import type { PruneResult, PruneTask } from './task.ts';

/** Asks the filters of a query about the partitions of a table, before any of its files is looked at. */
export async function prune({ columns, partitions, scans }: PruneTask, session: Session): Promise<PruneResult> {
  const filters = scans.map((scan) => scan.filters.join(' AND ')).join('; ');
  if (!session.isLocked) await session.lock({ files: [], settings: TRINO_SETTINGS });
  await session.provide(filters);
  const needed = new Set<number>();
  for (const scan of scans) {
    const names = ['partition_', ...columns.map((column) => column.name)].map(quoteName).join(', ');
    const typed = columns.map((column, index) => `CAST(p${index} AS ${hiveToDuckType(column.type)})`);
    const raw = columns.map((_, index) => `p${index}`);
    const rows = partitions.map((values, index) => `(${[String(index), ...values.map(quoteText)].join(', ')})`);
    const table = `(SELECT n, ${typed.join(', ')} FROM (VALUES ${rows.join(', ')}) AS v(n, ${raw.join(', ')})) AS ${scan.alias}(${names})`;
    const where = scan.filters.length > 0 ? ` WHERE ${scan.filters.join(' AND ')}` : '';
    const reader = await session.connection.runAndReadAll(`SELECT ${scan.alias}."partition_" FROM ${table}${where}`);
    for (const [index] of reader.getRows()) needed.add(Number(index));
  }
  return { needed: [...needed].sort((a, b) => a - b) };
}
