import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { requireRunner } from '../history/require-runner';
import type { ColumnStats } from './column-stats';
import type { ChartData } from './fold-chart';
import { completeFile } from './list-result-rows';
import { openResult } from './open-result';
import { runTask } from './run-task';
import { GetColumnStats, GetResultChart, type RawResultInput } from './view-schemas';

/** Returns what a column's values are like, over all rows that pass the view's filters. */
export async function getColumnStats(
  ctx: Context,
  raw: RawResultInput<typeof GetColumnStats>,
  signal?: AbortSignal,
): Promise<ColumnStats> {
  requirePermission(ctx, 'queries:read');
  const { id, view, column } = GetColumnStats.parse(raw);
  await requireRunner(ctx, id);
  const file = await completeFile(await openResult(ctx, id));
  return runTask({ type: 'stats', file, filters: view.filters, column }, signal);
}

/** Returns what a chart draws, folded over all rows that pass the view's filters. */
export async function getResultChart(
  ctx: Context,
  raw: RawResultInput<typeof GetResultChart>,
  signal?: AbortSignal,
): Promise<ChartData> {
  requirePermission(ctx, 'queries:read');
  const { id, view, config } = GetResultChart.parse(raw);
  await requireRunner(ctx, id);
  const file = await completeFile(await openResult(ctx, id));
  return runTask({ type: 'chart', file, filters: view.filters, config }, signal);
}
