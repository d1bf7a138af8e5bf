import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { can } from '@/lib/auth/permissions';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { startOfDay } from '@/lib/languages/quality/days.ts';
import { EvaluationVerdict } from '@/lib/languages/quality/evaluation.ts';
import { makeReport, type QualityReport } from '@/lib/languages/quality/report/report.ts';
import { noVerdicts } from '@/lib/languages/quality/report/tally.ts';
import { countRuns } from '../dashboard/count-runs';
import { readLakeRecords } from '../dashboard/read-lake-records';
import { openNow } from '../incidents/list-incidents';
import { GetReport } from './schemas';

/** A report is to be whole; more than these nobody reads. */
const MAX_UNUSUAL = 5_000;

/** Returns the report on the lake's quality over a period that ends now. */
export async function getReport(ctx: Context, raw: GetReport, now = new Date()): Promise<QualityReport> {
  requirePermission(ctx, 'quality:read');
  const period = GetReport.parse(raw);
  const { database } = await getLake();
  const records = await readLakeRecords(ctx, { ...period, now, maxUnusual: MAX_UNUSUAL });
  const from = new Date(startOfDay(records.days[0] ?? '', period.timeZone));
  const prisma = await db();
  const [verdicts, unreadable, incidents, runs] = await Promise.all([
    countVerdicts(database, from),
    prisma.unreadableEvaluation.count(),
    countIncidents(database, from, now),
    can(ctx.role, 'runs:read')
      ? countRuns(ctx, { days: raw.days, timeZone: period.timeZone }, now.getTime())
      : undefined,
  ]);
  return makeReport({ ...records, now, verdicts, unreadable, incidents, ...(runs ? { runs } : {}) });
}

async function countVerdicts(database: string, from: Date) {
  const prisma = await db();
  const where = { database, at: { gte: from } };
  const counted = await prisma.qualityEvaluation.groupBy({ by: ['verdict'], where, _count: true });
  const verdicts = noVerdicts();
  for (const { verdict, _count } of counted) verdicts[EvaluationVerdict.parse(verdict)] = _count;
  return verdicts;
}

async function countIncidents(database: string, from: Date, now: Date) {
  const { incident } = await db();
  const [opened, resolved, open] = await Promise.all([
    incident.count({ where: { database, openedAt: { gte: from } } }),
    incident.count({ where: { database, resolvedAt: { gte: from } } }),
    incident.count({ where: { database, ...openNow(now) } }),
  ]);
  return { opened, resolved, open };
}
