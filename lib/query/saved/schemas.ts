import { z } from 'zod';
import { ROLES, type Role } from '@/lib/auth/permissions';
import type { DiffLine } from '@/lib/languages/compare/comparison.ts';
import { ChartConfig } from '../chart-config';
import { QueryParameters } from './parameters';

/** Athena's limit of a named query's name: https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html */
const MAX_NAME = 128;
const MAX_TAGS = 20;

/** `private`: its owner alone; `team`: everybody who may read queries; `roles`: those of its roles, and its owner. */
export const SHARINGS = ['private', 'team', 'roles'] as const;
export type Sharing = (typeof SHARINGS)[number];

const SavedQueryId = z.uuid();
const VersionNumber = z.number().int().min(1);

/**
 * `finance/monthly/margins`: folders, then the name. Space around each is taken away, and so are empty folders; what is no
 * character to be seen is space, since the database could not hold all of them.
 */
export const QueryPath = z
  .string()
  .transform((path) =>
    path
      .replace(/\p{Cc}/gu, ' ')
      .split('/')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('/'),
  )
  .pipe(z.string().min(1, 'required').max(MAX_NAME, 'nameTooLong'));

/** What a version holds. */
const Content = z.object({
  sql: z.string().trim().min(1, 'required').max(262_144),
  parameters: QueryParameters.default([]),
  /** How its result is drawn. */
  chart: ChartConfig.nullish(),
});

export const SaveQuery = Content.extend({
  /** Of the saved query that is changed; left out for a new one. */
  id: SavedQueryId.optional(),
  /** The version that was changed. If another is current by now, nothing is saved (CONFLICT). */
  baseVersion: VersionNumber.optional(),
  /** Its path: what is before a “/” is a folder. */
  name: QueryPath,
  description: z.string().trim().max(1024).default(''),
  tags: z.array(z.string().trim().min(1).max(40)).max(MAX_TAGS).default([]),
  sharing: z.enum(SHARINGS).default('team'),
  roles: z.array(z.enum(ROLES)).max(ROLES.length).default([]),
})
  .refine(({ id, baseVersion }) => (id === undefined) === (baseVersion === undefined), {
    path: ['baseVersion'],
    message: 'required',
  })
  .refine(({ sharing, roles }) => sharing !== 'roles' || roles.length > 0, {
    path: ['roles'],
    message: 'required',
  });
export type SaveQuery = z.input<typeof SaveQuery>;

/** By its id, or by its path: `finance/monthly/margins`. */
export const GetSavedQuery = z.union([z.object({ id: SavedQueryId }), z.object({ path: QueryPath })]);
export type GetSavedQuery = z.input<typeof GetSavedQuery>;

export const NameSavedQuery = z.object({ id: SavedQueryId });
export type NameSavedQuery = z.input<typeof NameSavedQuery>;

/** A new path: another name, another folder, or both. */
export const MoveSavedQuery = z.object({ id: SavedQueryId, name: QueryPath });
export type MoveSavedQuery = z.input<typeof MoveSavedQuery>;

/** `finance/monthly` → `money/monthly`, with what is in it; to a folder that is there already, too. */
export const MoveQueryFolder = z.object({
  from: QueryPath,
  to: QueryPath,
  /** Of what is in it: an undo moves back what was moved. */
  only: z.array(SavedQueryId).max(1000).optional(),
});
export type MoveQueryFolder = z.input<typeof MoveQueryFolder>;

export const ListSavedQueries = z.object({ deleted: z.boolean().default(false) });
export type ListSavedQueries = z.input<typeof ListSavedQueries>;

export const ListQueryVersions = z.object({ id: SavedQueryId, before: VersionNumber.optional() });
export type ListQueryVersions = z.input<typeof ListQueryVersions>;

export const CompareQueryVersions = z.object({ id: SavedQueryId, from: VersionNumber, to: VersionNumber });
export type CompareQueryVersions = z.input<typeof CompareQueryVersions>;

export const RestoreQueryVersion = z.object({
  id: SavedQueryId,
  /** Whose text comes back, as a version of its own. */
  version: VersionNumber,
  baseVersion: VersionNumber,
});
export type RestoreQueryVersion = z.input<typeof RestoreQueryVersion>;

/** A query that somebody saved. */
export interface SavedQuery {
  id: string;
  /** Its path: `finance/monthly/margins`. */
  name: string;
  description?: string;
  sql: string;
  /** One for each `?`, in their order; fewer than there are `?` where nobody has named them. */
  parameters: z.infer<typeof QueryParameters>;
  /** How its result is drawn. */
  chart?: ChartConfig;
  tags: string[];
  sharing: Sharing;
  /** Who may read it by their role, where it is shared so. */
  roles: Role[];
  /** Nobody, for what was saved with Athena and not with the console. */
  owner?: { id: string; name: string };
  /** Counts up from 1 with each save. */
  version: number;
  updatedAt: number;
  updatedBy?: string;
  /** What it reads, as `database.table`. */
  tables: string[];
  /** Who asks may delete it and say who sees it. */
  isManaged: boolean;
}

export interface QueryVersion {
  number: number;
  at: number;
  /** Undefined where it was changed with Athena and not with the console. */
  by?: string;
  name: string;
  /** For a restore: the version whose text was brought back. */
  restoredFrom?: number;
}

export interface QueryVersionPage {
  versions: QueryVersion[];
  /** The number behind which there are more. */
  before?: number;
}

export interface QueryVersionDiff {
  added: number;
  removed: number;
  hunks: DiffLine[][];
  /** False where the texts differ in too much for lines to be shown. */
  isExact: boolean;
  /** The text of `from`, to be opened. */
  sql: string;
  /** What else differs. */
  differs: ('name' | 'parameters' | 'chart')[];
}
