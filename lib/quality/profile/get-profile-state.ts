import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { tableVersion } from '@/lib/data-api/saved/input-version';
import { advanceRun } from './advance-run';
import { getLatestProfile } from './get-profile';
import { findRun } from './profile-documents';
import type { ProfiledTableName, ProfileRun, ProfileState } from './schemas';
import { tableRef } from './table-ref';

/** Returns a table's newest profile, whether the table has changed since, and the profile that is being made. */
export async function getProfileState(ctx: Context, raw: ProfiledTableName): Promise<ProfileState> {
  requirePermission(ctx, 'quality:read');
  const table = await tableRef(raw);
  const [profile, found, version] = await Promise.all([
    getLatestProfile(ctx, table),
    findRun(ctx, table),
    tableVersion(ctx, { database: table.database, name: table.table }),
  ]);
  const isStale = profile && version ? profile.version !== version : undefined;
  return {
    ...table,
    ...(profile ? { profile } : {}),
    ...(isStale === undefined ? {} : { isStale }),
    // As it was last seen: who shows it asks how it goes on.
    ...(found ? { run: await advanceRun(ctx, table, found) } : {}),
  };
}

/** Returns how making a profile stands, and lets it go on to its next step. Undefined where none was ever made. */
export async function findProfileRun(ctx: Context, raw: ProfiledTableName): Promise<ProfileRun | undefined> {
  requirePermission(ctx, 'quality:read');
  const table = await tableRef(raw);
  const found = await findRun(ctx, table);
  return found && advanceRun(ctx, table, found);
}
