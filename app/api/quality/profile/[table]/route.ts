import { defineRoute } from '@/lib/http';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { getLatestProfile, getProfile } from '@/lib/quality/profile';

/** A table's newest profile as JSON, or that of `at`; null while it has none. */
export const GET = defineRoute<TableProfile | null, { table: string }>(async (ctx, { params, query }) => {
  const { table } = params;
  if (query.at !== undefined) return getProfile(ctx, { table, profiledAt: query.at });
  return (await getLatestProfile(ctx, { table })) ?? null;
});
