import 'server-only';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { listDatasets } from '@/lib/catalog';
import type { Catalog } from '@/lib/catalog/schemas';
import { db } from '@/lib/db';
import { lastDays } from '@/lib/languages/quality/days.ts';
import type { Folded } from '@/lib/languages/quality/fold-figures.ts';
import { presentRecords } from '@/lib/languages/quality/present-records.ts';
import { syncRecords } from '../records/sync-records';
import { lastRecords, MAX_RECORDS, readRecords, readScores } from './read-evaluations';

const DAY_MS = 86_400_000;

export interface LakePeriod {
  /** Calendar days of the zone, today the last of them. */
  days: number;
  timeZone: string;
  now: Date;
  /** Evaluations that found something unusual, the newest of them where there are more. */
  maxUnusual?: number;
}

/** Brings the database up to the last record and reads what the figures of a period are folded from. */
export async function readLakeRecords(
  ctx: Context,
  { days: count, timeZone, now, maxUnusual = MAX_RECORDS }: LakePeriod,
): Promise<Folded> {
  const { database } = await getLake();
  const [catalog] = await Promise.all([listDatasets(ctx), syncRecords(ctx)]);
  // A day more: the reader's first day may begin before that of UTC.
  const from = new Date(now.getTime() - (count + 1) * DAY_MS);
  const prisma = await db();
  const [last, scores, unusual, open] = await Promise.all([
    lastRecords(database),
    readScores(database, from),
    readRecords({ database, at: { gte: from }, anomalies: { gt: 0 } }, maxUnusual),
    prisma.incident.findMany({ where: { database, openCause: { not: null } } }),
  ]);
  const days = lastDays(now.getTime(), count, timeZone);
  const known = tablesOf(catalog);
  return { known, last: presentRecords(last, known), scores, unusual, open, days, timeZone };
}

function tablesOf({ datasets }: Catalog): { table: string; dataset: string }[] {
  return datasets.flatMap(({ name, tables }) => tables.map((table) => ({ table: table.name, dataset: name })));
}
