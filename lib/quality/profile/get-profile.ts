import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { findProfile, profilesOf, type TableRef } from './profile-documents';
import { GetProfile, type ListedProfile, type ProfiledTableName } from './schemas';
import { tableRef } from './table-ref';

/** Returns a table's newest profile; undefined while it has none. */
export async function getLatestProfile(ctx: Context, raw: ProfiledTableName): Promise<TableProfile | undefined> {
  requirePermission(ctx, 'quality:read');
  const table = await tableRef(raw);
  const [newest] = await profilesOf(ctx, table);
  return newest && findProfile(ctx, table, newest.profiledAt);
}

/** Returns one profile of a table; throws NOT_FOUND. */
export async function getProfile(ctx: Context, raw: GetProfile): Promise<TableProfile> {
  requirePermission(ctx, 'quality:read');
  const { profiledAt } = GetProfile.parse(raw);
  return profileAt(ctx, await tableRef(raw), profiledAt);
}

/** Returns which profiles of a table are kept, newest first. */
export async function listProfiles(ctx: Context, raw: ProfiledTableName): Promise<ListedProfile[]> {
  requirePermission(ctx, 'quality:read');
  return profilesOf(ctx, await tableRef(raw));
}

export async function profileAt(ctx: Context, table: TableRef, profiledAt: string): Promise<TableProfile> {
  const profile = await findProfile(ctx, table, profiledAt);
  if (profile) return profile;
  throw new AppError('NOT_FOUND', `There is no profile of ${table.database}.${table.table} of ${profiledAt}.`);
}
