import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { stopStatements } from './advance-run';
import { findRun, putRun } from './profile-documents';
import type { ProfiledTableName } from './schemas';
import { tableRef } from './table-ref';

/** Stops what Athena runs for a profile that is being made; one that has ended stays as it is. */
export async function cancelProfile(ctx: Context, raw: ProfiledTableName): Promise<void> {
  requirePermission(ctx, 'quality:check');
  const table = await tableRef(raw);
  const found = await findRun(ctx, table);
  if (found?.run.status !== 'running') return;
  // First of all nobody shall begin the next step; whoever is about to finds the document changed.
  await putRun(ctx, table, { ...found.run, status: 'cancelled' }, found.etag);
  await stopStatements(ctx, found.run);
  await recordAudit(ctx, { action: 'quality.cancelProfile', subject: `${table.database}.${table.table}` });
}
