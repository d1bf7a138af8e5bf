import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { listColumns } from '@/lib/catalog';
import { PROFILE_STEPS, planStep } from '@/lib/languages/quality/profile-table.ts';
import { estimateQuery } from '@/lib/query';
import type { ProfiledTableName, ProfileEstimate } from './schemas';
import { tableRef } from './table-ref';

/** Steps that read the columns. */
const SCANS = PROFILE_STEPS.length - 1;

/** What a profile of a table will scan at most; to count rows is free where files say how many they have. */
export async function estimateProfile(
  ctx: Context,
  raw: ProfiledTableName,
  signal: AbortSignal,
): Promise<ProfileEstimate> {
  requirePermission(ctx, 'quality:check');
  const table = await tableRef(raw);
  const columns = await listColumns(ctx, table);
  let bytes = 0;
  let usd: number | undefined = 0;
  for (const { sql } of planStep('basics', { ...table, columns }, {})) {
    const estimate = await estimateQuery(ctx, { sql, database: table.database }, signal);
    if (estimate.status !== 'scan') return { status: 'unknown' };
    bytes += estimate.bytes * SCANS;
    usd = usd === undefined || estimate.usd === undefined ? undefined : usd + estimate.usd * SCANS;
  }
  return { status: 'scan', bytes, ...(usd === undefined ? {} : { usd }) };
}
