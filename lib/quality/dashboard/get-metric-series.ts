import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { expectedBand } from '@/lib/languages/dqdl/anomaly.ts';
import type { QualityEvaluation } from '@/lib/languages/quality/evaluation.ts';
import { isOfFile } from '@/lib/languages/quality/incidents/causes.ts';
import { readRecords } from './read-evaluations';
import { GetMetricSeries, type MetricSeries, type SeriesPoint } from './schemas';

const DAY_MS = 86_400_000;
/** A band is made of what came before the period as well. */
const HISTORY_DAYS = 90;

/** Returns a metric of a table over a period, each point with what those before it let expect. */
export async function getMetricSeries(ctx: Context, raw: GetMetricSeries, now = new Date()): Promise<MetricSeries> {
  requirePermission(ctx, 'quality:read');
  const { table, metric, days } = GetMetricSeries.parse(raw);
  const { database } = await getLake();
  const at = { gte: new Date(now.getTime() - (days + HISTORY_DAYS) * DAY_MS) };
  const records = await readRecords({ database, table, at });
  return foldSeries({ table, metric, records, from: now.getTime() - days * DAY_MS });
}

interface Fold {
  table: string;
  metric: string;
  /** Oldest first. */
  records: readonly QualityEvaluation[];
  /** The first moment that is shown. */
  from: number;
}

export function foldSeries({ table, metric, records, from }: Fold): MetricSeries {
  const known: { at: string; value: number }[] = [];
  const points: SeriesPoint[] = [];
  let last: ReturnType<typeof expectedBand> | undefined;
  for (const record of records) {
    const value = record.metrics[metric];
    if (value === undefined) continue;
    const at = record.evaluatedAt;
    last = expectedBand(known, at);
    const isAnomaly = record.anomalies.some((anomaly) => anomaly.metric === metric);
    const found = record.anomalies.find((anomaly) => anomaly.metric === metric);
    const band = found ?? ('needed' in last ? undefined : last);
    if (Date.parse(at) >= from) {
      points.push({
        ...{ at: Date.parse(at), value, evaluationId: record.id, isAnomaly },
        ...(band?.lower === undefined ? {} : { lower: band.lower }),
        ...(band?.upper === undefined ? {} : { upper: band.upper }),
      });
    }
    // What was held never was in the table: the next is not measured by it.
    if (!isOfFile(record)) known.push({ at, value });
  }
  if (!last) return { table, metric, points };
  if ('needed' in last) return { table, metric, points, learning: { points: last.points, needed: last.needed } };
  const { points: made, season, trend } = last;
  const band = { points: made, ...(season ? { season } : {}), ...(trend === undefined ? {} : { trend }) };
  return { table, metric, points, band };
}
