import 'server-only';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { EvaluationVerdict, QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { TableName } from './dashboard/schemas';
import { openNow } from './incidents/list-incidents';
import { syncRecords } from './records/sync-records';

const GetTableQuality = z.object({ table: TableName, evaluation: z.string().max(128).optional() });
type GetTableQuality = z.input<typeof GetTableQuality>;

const HISTORY = 60;

export interface PastEvaluation {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  verdict: EvaluationVerdict;
  score: number | null;
  trigger: QualityEvaluation['trigger'];
  by?: string;
  sourceKey?: string;
}

export interface TableQualityDetail {
  database: string;
  table: string;
  /** The one that was asked for, or the last; none where the table was never checked. */
  evaluation?: QualityEvaluation;
  /** The newest first. */
  history: PastEvaluation[];
  openIncidents: number;
}

/** Returns one evaluation of a table, as of the last record, and those before it. */
export async function getTableQuality(
  ctx: Context,
  raw: GetTableQuality,
  now = new Date(),
): Promise<TableQualityDetail> {
  requirePermission(ctx, 'quality:read');
  const { table, evaluation: id } = GetTableQuality.parse(raw);
  const { database } = await getLake();
  await syncRecords(ctx);
  const prisma = await db();
  const [rows, asked, openIncidents] = await Promise.all([
    prisma.qualityEvaluation.findMany({
      where: { database, table },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: HISTORY,
    }),
    id ? prisma.qualityEvaluation.findFirst({ where: { id, database, table } }) : undefined,
    prisma.incident.count({ where: { database, table, ...openNow(now) } }),
  ]);
  if (id && !asked) {
    throw new AppError('NOT_FOUND', `There is no evaluation ${id} of ${table}.`, {
      reason: 'noEvaluation',
      details: { id, table },
    });
  }
  const shown = asked ?? rows[0];
  return {
    database,
    table,
    ...(shown ? { evaluation: shown.record as unknown as QualityEvaluation } : {}),
    history: rows.map((row) => {
      const { trigger, by } = row.record as unknown as QualityEvaluation;
      return {
        ...{ id: row.id, at: row.at.getTime(), verdict: row.verdict as EvaluationVerdict, score: row.score, trigger },
        ...(by ? { by } : {}),
        ...(row.sourceKey ? { sourceKey: row.sourceKey } : {}),
      };
    }),
    openIncidents,
  };
}
