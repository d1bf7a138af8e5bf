import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { dayOf, lastDays } from '@/lib/languages/quality/days.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { readRecords } from './read-evaluations';
import { GetMissing, type MissingData } from './schemas';

const DAY_MS = 86_400_000;

/** Returns the share of empty cells of each column of a table by day, as the day's last evaluation measured it. */
export async function getMissing(ctx: Context, raw: GetMissing, now = new Date()): Promise<MissingData> {
  requirePermission(ctx, 'quality:read');
  const { table, days: count, timeZone } = GetMissing.parse(raw);
  const { database } = await getLake();
  const from = new Date(now.getTime() - (count + 1) * DAY_MS);
  const records = await readRecords({ database, table, at: { gte: from } });
  return foldMissing(table, records, lastDays(now.getTime(), count, timeZone), timeZone);
}

export function foldMissing(
  table: string,
  records: readonly QualityEvaluation[],
  days: readonly string[],
  timeZone: string,
): MissingData {
  const byDay = new Map(records.map((record) => [dayOf(Date.parse(record.evaluatedAt), timeZone), record]));
  const shown = days.map((day) => ({ day, record: byDay.get(day) }));
  // The newest columns' order first, then what was there before.
  const names = [...new Set(shown.toReversed().flatMap(({ record }) => record?.columns.map(({ name }) => name) ?? []))];
  return {
    table,
    days: shown.map(({ day, record }) => {
      const rows = record?.metrics['Dataset.*.RowCount'];
      return { day, ...(record ? { evaluationId: record.id } : {}), ...(rows === undefined ? {} : { rows }) };
    }),
    columns: names.map((name) => ({ name, shares: shown.map(({ record }) => shareOf(record, name)) })),
  };
}

function shareOf(record: QualityEvaluation | undefined, column: string): number | null | undefined {
  if (!record) return null;
  const completeness = record.metrics[`Column.${column}.Completeness`];
  if (!record.columns.some(({ name }) => name === column)) return undefined;
  return completeness === undefined ? null : 1 - completeness;
}
