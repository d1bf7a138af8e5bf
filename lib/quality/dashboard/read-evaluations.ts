import 'server-only';
import { db } from '@/lib/db';
import type { Prisma } from '@/lib/db/generated/client';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import type { Scored } from '@/lib/languages/quality/fold-trend.ts';

/** More points than these of one table are more than a picture shows. */
export const MAX_RECORDS = 400;
const MAX_SCORES = 50_000;

/** The last evaluation of each table. */
export async function lastRecords(database: string): Promise<QualityEvaluation[]> {
  const prisma = await db();
  const places = await lastPlaces({ database });
  if (places.length === 0) return [];
  const rows = await prisma.qualityEvaluation.findMany({ where: { OR: places }, orderBy: { id: 'asc' } });
  // Two of one moment: the one that is named last.
  return [...new Map(rows.map((row) => [row.table, toRecord(row)])).values()];
}

/** The scores of a period, and of each table the last one before it. */
export async function readScores(database: string, from: Date): Promise<Scored[]> {
  const prisma = await db();
  const [before, rows] = await Promise.all([
    lastScores(database, from),
    prisma.qualityEvaluation.findMany({
      where: { database, at: { gte: from } },
      select: { table: true, at: true, score: true },
      orderBy: { at: 'desc' },
      take: MAX_SCORES,
    }),
  ]);
  return [...before, ...rows].map(({ table, at, score }) => ({ table, at: at.getTime(), score }));
}

async function lastPlaces(where: { database: string; at?: { lt: Date } }) {
  const prisma = await db();
  const last = await prisma.qualityEvaluation.groupBy({ by: ['table'], where, _max: { at: true } });
  return last.flatMap(({ table, _max: { at } }) => (at ? [{ database: where.database, table, at }] : []));
}

async function lastScores(database: string, before: Date) {
  const prisma = await db();
  const places = await lastPlaces({ database, at: { lt: before } });
  if (places.length === 0) return [];
  return prisma.qualityEvaluation.findMany({
    where: { OR: places },
    select: { table: true, at: true, score: true },
  });
}

/** Evaluations, oldest first; the newest `max` of them where there are more. */
export async function readRecords(
  where: Prisma.QualityEvaluationWhereInput,
  max = MAX_RECORDS,
): Promise<QualityEvaluation[]> {
  const prisma = await db();
  const rows = await prisma.qualityEvaluation.findMany({ where, orderBy: { at: 'desc' }, take: max });
  return rows.map(toRecord).reverse();
}

/** It was parsed when it was kept. */
function toRecord({ record }: { record: Prisma.JsonValue }): QualityEvaluation {
  return record as unknown as QualityEvaluation;
}
