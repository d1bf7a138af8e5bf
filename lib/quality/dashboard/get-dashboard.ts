import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { listDatasets } from '@/lib/catalog';
import type { Catalog } from '@/lib/catalog/schemas';
import { db } from '@/lib/db';
import { lastDays } from '@/lib/languages/quality/days.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { foldFigures } from '@/lib/languages/quality/fold-figures.ts';
import { isOfFile } from '../incidents/causes';
import { openNow } from '../incidents/list-incidents';
import { syncRecords } from '../records/sync-records';
import { lastRecords, readRecords, readScores } from './read-evaluations';
import { GetDashboard, type QualityDashboard } from './schemas';

const DAY_MS = 86_400_000;
const MAX_UNREADABLE = 50;

/** Returns the quality of the lake as of the last record, and how it came to be so in a period. */
export async function getDashboard(ctx: Context, raw: GetDashboard, now = new Date()): Promise<QualityDashboard> {
  requirePermission(ctx, 'quality:read');
  const { days: count, timeZone } = GetDashboard.parse(raw);
  const { database } = await getLake();
  const [catalog] = await Promise.all([listDatasets(ctx), syncRecords(ctx)]);
  const days = lastDays(now.getTime(), count, timeZone);
  // A day more: the reader's first day may begin before that of UTC.
  const from = new Date(now.getTime() - (count + 1) * DAY_MS);
  const prisma = await db();
  const [last, scores, unusual, open, openIncidents, unreadable] = await Promise.all([
    lastRecords(database),
    readScores(database, from),
    readRecords({ database, at: { gte: from }, anomalies: { gt: 0 } }),
    prisma.incident.findMany({ where: { database, openCause: { not: null } } }),
    prisma.incident.count({ where: { database, ...openNow(now) } }),
    prisma.unreadableEvaluation.findMany({ orderBy: { key: 'desc' }, take: MAX_UNREADABLE }),
  ]);
  return {
    ...foldFigures({ known: tablesOf(catalog), last: present(last, catalog), scores, unusual, open, days, timeZone }),
    openIncidents,
    unreadable: unreadable.map(({ key, reason }) => ({ key, reason })),
  };
}

function tablesOf({ datasets }: Catalog): { table: string; dataset: string }[] {
  return datasets.flatMap(({ name, tables }) => tables.map((table) => ({ table: table.name, dataset: name })));
}

/** A table that was dropped is no part of the lake; one whose first file is held is not in the catalog yet. */
function present(records: readonly QualityEvaluation[], catalog: Catalog): QualityEvaluation[] {
  const names = new Set(tablesOf(catalog).map(({ table }) => table));
  return records.filter((record) => names.has(record.table) || isOfFile(record));
}
