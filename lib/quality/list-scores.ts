import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import type { TableScore } from '@/lib/catalog/schemas';
import { scoreOf } from '@/lib/languages/quality/evaluation.ts';
import { lastRecords } from './dashboard/read-evaluations';
import { syncRecords } from './records/sync-records';

/** Returns what the last evaluation of each table said, by `database.table`; tables without rules are left out. */
export async function listScores(ctx: Context): Promise<Record<string, TableScore>> {
  requirePermission(ctx, 'quality:read');
  const { database } = await getLake();
  await syncRecords(ctx);
  const scores = (await lastRecords(database)).flatMap((record) => {
    const score = scoreOf(record);
    if (score === undefined) return [];
    const outcomes = record.rulesets.flatMap((ruleset) => ruleset.outcomes);
    const failingRules = outcomes.filter(({ result }) => result !== 'PASS').length;
    return [[`${database}.${record.table}`, { score, failingRules }] as const];
  });
  return Object.fromEntries(scores);
}
