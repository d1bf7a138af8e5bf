import * as z from 'zod';
import type { ProfileDrift } from '@/lib/languages/quality/profile-drift.ts';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';

/** Glue takes any name here. Without a database, `table` is what the pages of datasets are called: see `dataset-address.ts`. */
export const ProfiledTableName = z.object({
  database: z.string().min(1).max(255).optional(),
  table: z.string().min(1).max(255),
});
export type ProfiledTableName = z.input<typeof ProfiledTableName>;

/** Names one profile of a table: the moment at which it was begun, ISO 8601 in UTC. */
const ProfiledAt = z.iso.datetime();

export const GetProfile = ProfiledTableName.extend({ profiledAt: ProfiledAt });
export type GetProfile = z.input<typeof GetProfile>;

export const CompareProfiles = ProfiledTableName.extend({ from: ProfiledAt, to: ProfiledAt });
export type CompareProfiles = z.input<typeof CompareProfiles>;

export type ProfileRunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A profile that is being made, or how making the last one ended. */
export interface ProfileRun {
  startedAt: string;
  by: string;
  status: ProfileRunStatus;
  statements: { done: number; total: number };
  /** So far, by the statements that have ended. */
  scannedBytes: number;
  /** Why it failed. */
  message?: string;
}

/** A table's newest profile, and what can be said beside it. */
export interface ProfileState {
  database: string;
  table: string;
  profile?: TableProfile;
  /** The table has changed since; undefined where that cannot be told. */
  isStale?: boolean;
  /** The last one that was begun. */
  run?: ProfileRun;
}

export interface ListedProfile {
  profiledAt: string;
  sizeBytes: number;
}

export interface ProfileComparison {
  before: TableProfile;
  after: TableProfile;
  drift: ProfileDrift;
}

/** What a profile will scan at most, and what that costs. */
/** The price is left out for a region where it is not known. */
export type ProfileEstimate = { status: 'scan'; bytes: number; usd?: number } | { status: 'unknown' };
