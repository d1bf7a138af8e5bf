import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { findRuleset, listRulesetNames } from './ruleset-store';
import { ListRulesets, type Ruleset } from './schemas';

const READS_AT_ONCE = 8;

/** Returns a table's rulesets in the order of their names. One that is deleted meanwhile is left out. */
export async function listRulesets(ctx: Context, raw: ListRulesets): Promise<Ruleset[]> {
  requirePermission(ctx, 'quality:read');
  const { table } = ListRulesets.parse(raw);
  const { database } = await getLake();
  const place = { database, table };
  const names = await listRulesetNames(ctx, place);
  const found = await withLimit(names, READS_AT_ONCE, (name) => findRuleset(ctx, place, name));
  return found.filter((ruleset) => ruleset !== undefined);
}
