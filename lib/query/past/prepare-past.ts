import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { toPastSql } from '@/lib/languages/trino-sql/past-sql.ts';
import { type PastProgress, type PastTable, RunQuery } from '../schemas';
import { keepPast } from './keep-past';
import { type PastPlan, planPast, sizeOf } from './plan-past';

/** Returns the tables of the past that a statement reads, with what would be copied for it, before anything is. */
export async function listPastTables(ctx: Context, raw: RunQuery): Promise<PastTable[]> {
  requirePermission(ctx, 'queries:run');
  const { sql } = RunQuery.parse(raw);
  return (await planPast(ctx, sql)).map(describe);
}

function describe({ moment, files, missing }: PastPlan): PastTable {
  return {
    text: moment.text,
    table: moment.table,
    at: moment.at,
    fileCount: files.length,
    sizeBytes: sizeOf(files),
    copyCount: missing.length,
    copyBytes: sizeOf(missing),
  };
}

/** Makes the tables of the past that a statement reads, telling how far it is. */
export async function* keepPastTables(ctx: Context, raw: RunQuery): AsyncGenerator<PastProgress> {
  requirePermission(ctx, 'queries:run');
  const { sql } = RunQuery.parse(raw);
  const plans = await planPast(ctx, sql);
  const all = unique(plans).flatMap(({ missing }) => missing);
  const progress = { files: 0, bytes: 0, totalFiles: all.length, totalBytes: sizeOf(all) };
  yield { ...progress };
  for (const plan of unique(plans)) {
    for await (const step of keepPast(ctx, plan)) {
      progress.files += step.files;
      progress.bytes += step.bytes;
      yield { ...progress };
    }
  }
}

/** Returns the statement as Athena can run it; makes what is not there yet of the past that it reads. */
export async function prepareSql(ctx: Context, sql: string, versionsDatabase: string): Promise<string> {
  const plans = await planPast(ctx, sql);
  for (const plan of unique(plans)) for await (const _ of keepPast(ctx, plan));
  const names = new Map(plans.map(({ moment, place }) => [moment.start, place.name]));
  return toPastSql(
    sql,
    plans.map(({ moment }) => moment),
    ({ start }) => ({ database: versionsDatabase, table: names.get(start) ?? '' }),
  );
}

/** Two moments between which nothing changed are one table. */
function unique(plans: readonly PastPlan[]): PastPlan[] {
  return [...new Map(plans.map((plan) => [plan.place.name, plan])).values()];
}
