import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { compareProfiles as driftBetween } from '@/lib/languages/quality/profile-drift.ts';
import { profileAt } from './get-profile';
import { CompareProfiles, type ProfileComparison } from './schemas';
import { tableRef } from './table-ref';

/** Returns what changed of a table between two of its profiles, and whether it matters. */
export async function compareProfiles(ctx: Context, raw: CompareProfiles): Promise<ProfileComparison> {
  requirePermission(ctx, 'quality:read');
  const { from, to } = CompareProfiles.parse(raw);
  const table = await tableRef(raw);
  const [before, after] = await Promise.all([profileAt(ctx, table, from), profileAt(ctx, table, to)]);
  return { before, after, drift: driftBetween(before, after) };
}
