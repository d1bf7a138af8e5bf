import type { Context } from '@/lib/auth/context';
import type { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { queryNames } from '@/lib/languages/trino-sql/query-names.ts';
import { ChartConfig } from '../chart-config';
import { QueryParameters } from './parameters';
import type { SavedQuery, Sharing } from './schemas';

export const withOwner = { owner: { select: { id: true, name: true } } } as const;
export type SavedRow = Prisma.SavedQueryGetPayload<{ include: typeof withOwner }>;

/** Which saved queries a person sees. What is private is its owner's alone, whoever else asks. */
export function visibleTo({ user, role }: Pick<Context, 'user' | 'role'>): Prisma.SavedQueryWhereInput {
  const shared = role === 'administrator' ? {} : { roles: { has: role } };
  return { OR: [{ ownerId: user.id }, { sharing: 'team' }, { sharing: 'roles', ...shared }] };
}

/** Who says who sees a query, and who deletes it; what nobody owns is everybody's. */
export function isManagedBy(ctx: Pick<Context, 'user' | 'role'>, { ownerId }: { ownerId: string | null }): boolean {
  return ownerId === null || ownerId === ctx.user.id || ctx.role === 'administrator';
}

export function requireManaged(ctx: Pick<Context, 'user' | 'role'>, row: SavedRow): void {
  if (isManagedBy(ctx, row)) return;
  const details = { name: row.name, owner: row.owner?.name ?? '–' };
  throw new AppError('FORBIDDEN', `${row.name} belongs to ${details.owner}: they or an administrator can do that.`, {
    reason: 'savedQueryNotOwn',
    details,
  });
}

/** The name among all that are shared; a private one's is its owner's, and only theirs. Capitals make no other name. */
export function placeOf(sharing: Sharing, ownerId: string | null, name: string): string {
  return `${sharing === 'private' ? ownerId : ''}/${name.toLowerCase()}`;
}

export function toSavedQuery(ctx: Pick<Context, 'user' | 'role'>, row: SavedRow, database: string): SavedQuery {
  const chart = ChartConfig.safeParse(row.chart).data;
  return {
    id: row.id,
    name: row.name,
    ...(row.description ? { description: row.description } : {}),
    sql: row.sql,
    parameters: QueryParameters.safeParse(row.parameters).data ?? [],
    ...(chart ? { chart } : {}),
    tags: row.tags,
    sharing: row.sharing,
    roles: row.roles,
    ...(row.owner ? { owner: row.owner } : {}),
    version: row.version,
    updatedAt: row.updatedAt.getTime(),
    ...(row.updatedBy ? { updatedBy: row.updatedBy } : {}),
    tables: tablesOf(row.sql, database),
    isManaged: isManagedBy(ctx, row),
  };
}

/** `database.table`, each once. A text that nobody can read names no tables. */
export function tablesOf(sql: string, database: string): string[] {
  try {
    return [...new Set(queryNames(sql).tables.map(({ schema, name }) => `${schema ?? database}.${name}`))];
  } catch {
    return [];
  }
}

export function noSavedQuery(named: string, cause?: unknown): AppError {
  return new AppError('NOT_FOUND', `There is no saved query ${named}, or it is not shared with you.`, {
    cause,
    reason: 'noSavedQuery',
    details: { query: named },
  });
}

/** Prisma's code of a broken unique constraint: https://www.prisma.io/docs/orm/reference/error-reference#p2002 */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}

export function nameTaken(name: string, cause: unknown): AppError {
  return new AppError('CONFLICT', `There is a query ${name} already.`, {
    cause,
    reason: 'savedQueryNameTaken',
    details: { field: 'name', name },
  });
}
