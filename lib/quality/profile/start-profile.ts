import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { listColumns } from '@/lib/catalog';
import { tableVersion } from '@/lib/data-api/saved/input-version';
import { AppError } from '@/lib/errors';
import { advanceRun } from './advance-run';
import { findRun, type KeptRun, putRun, type RunDocument, type TableRef } from './profile-documents';
import type { ProfiledTableName, ProfileRun } from './schemas';
import { tableRef } from './table-ref';

/** Begins a profile of a table; where one is being made already, that is the one. */
export async function startProfile(ctx: Context, raw: ProfiledTableName): Promise<ProfileRun> {
  requirePermission(ctx, 'quality:check');
  requireAllowance(ctx, 'profile');
  const table = await tableRef(raw);
  const last = await findRun(ctx, table);
  if (last?.run.status === 'running') return advanceRun(ctx, table, last);
  const begun = await begin(ctx, table, last);
  await recordAudit(ctx, { action: 'quality.profile', subject: `${table.database}.${table.table}` });
  return advanceRun(ctx, table, begun);
}

async function begin(ctx: Context, table: TableRef, last: KeptRun | undefined): Promise<KeptRun> {
  const run = await newRun(ctx, table);
  try {
    return await putRun(ctx, table, run, last?.etag);
  } catch (error) {
    // Somebody else was faster.
    const other = toAppError(error).code === 'CONFLICT' ? await findRun(ctx, table) : undefined;
    if (other) return other;
    throw error;
  }
}

async function newRun(ctx: Context, table: TableRef): Promise<RunDocument> {
  const [columns, version] = await Promise.all([
    listColumns(ctx, table),
    tableVersion(ctx, { database: table.database, name: table.table }),
  ]);
  if (columns.length === 0)
    throw new AppError('INVALID', `The table ${table.database}.${table.table} has no columns to profile.`);
  return {
    startedAt: new Date().toISOString(),
    by: ctx.user.email,
    ...(version ? { version } : {}),
    columns: columns.map(({ name, type }) => ({ name, type })),
    status: 'running',
    steps: [],
  };
}
