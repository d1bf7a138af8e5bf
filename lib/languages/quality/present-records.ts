import type { QualityEvaluation } from './evaluation.ts';
import { isOfFile } from './incidents/causes.ts';

/** A table that was dropped is no part of the lake; one whose first file is held is not in the catalog yet. */
export function presentRecords(
  records: readonly QualityEvaluation[],
  known: readonly { table: string }[],
): QualityEvaluation[] {
  const names = new Set(known.map(({ table }) => table));
  return records.filter((record) => names.has(record.table) || isOfFile(record));
}
