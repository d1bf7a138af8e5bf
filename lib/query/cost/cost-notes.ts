import { parseQuery } from '@/lib/languages/trino-sql/query-parser.ts';
import type { MeasuredScan } from './scan-meter';
import type { CostNote } from './schemas';

/** What a person may expect to be cheaper, or dearer, than it is. */
export function costNotes(sql: string, scans: readonly MeasuredScan[]): CostNote[] {
  const notes: CostNote[] = [];
  const isRead = scans.some(({ estimate }) => estimate.bytes > 0);
  if (parseQuery(sql).limit && isRead) notes.push({ kind: 'limit' });
  const isCounted = scans.some(({ scan, estimate }) => estimate.format === 'parquet' && scan.columns.size === 0);
  if (isCounted) notes.push({ kind: 'footers' });
  return notes;
}
