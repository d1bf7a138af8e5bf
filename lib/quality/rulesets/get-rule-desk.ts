import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type Suggestion, suggestRules } from '@/lib/languages/dqdl/suggest.ts';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';
import { isOfFile } from '@/lib/languages/quality/incidents/causes.ts';
import { readRecords } from '../dashboard/read-evaluations';
import { getLatestProfile } from '../profile';
import { columnsOf } from './columns-of';
import { listRulesets } from './list-rulesets';
import { ListRulesets, type Ruleset } from './schemas';

const HISTORY_DAYS = 90;
const DAY_MS = 86_400_000;

/** What one needs to write rules for a table. */
export interface RuleDesk {
  rulesets: Ruleset[];
  columns: TableColumn[];
  /** From the newest profile; none while there is no profile. */
  suggestions?: Suggestion[];
}

export async function getRuleDesk(ctx: Context, raw: ListRulesets, now = new Date()): Promise<RuleDesk> {
  requirePermission(ctx, 'quality:read');
  const { table } = ListRulesets.parse(raw);
  const { database } = await getLake();
  const at = { gte: new Date(now.getTime() - HISTORY_DAYS * DAY_MS) };
  const [rulesets, columns, profile, records] = await Promise.all([
    listRulesets(ctx, { table }),
    columnsOf(ctx, { database, table }),
    getLatestProfile(ctx, { database, table }),
    readRecords({ database, table, at }),
  ]);
  const history = records
    .filter((record) => !isOfFile(record))
    .map(({ evaluatedAt, metrics }) => ({ at: evaluatedAt, metrics }));
  return { rulesets, columns, ...(profile ? { suggestions: suggestRules(profile, history) } : {}) };
}
