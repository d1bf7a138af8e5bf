import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { Prisma } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { keepNamedQuery } from './named-query';
import {
  isTaken,
  nameTaken,
  noSavedQuery,
  placeOf,
  requireManaged,
  type SavedRow,
  visibleTo,
  withOwner,
} from './saved-row';
import { SaveQuery } from './schemas';

type Input = ReturnType<(typeof SaveQuery)['parse']>;

export interface Saved {
  id: string;
  /** The version that this save made. */
  version: number;
  /** Its path as it was kept. */
  name: string;
  /** Athena's named query is in step with it, or it has none to be. */
  isInStep: boolean;
}

/**
 * Keeps a statement under a path, or makes a new version of a kept one. Throws CONFLICT where somebody else saved a version
 * since (`savedQueryChanged`) or has the name already (`savedQueryNameTaken`); nothing is saved then.
 */
export async function saveQuery(ctx: Context, raw: SaveQuery): Promise<Saved> {
  requirePermission(ctx, 'queries:save');
  const input = SaveQuery.parse(raw);
  const row = await (input.id ? change(ctx, input, input.id) : create(ctx, input)).catch((error: unknown) => {
    throw isTaken(error) ? nameTaken(input.name, error) : error;
  });
  const { id, version, name } = row;
  await recordAudit(ctx, { action: 'queries.save', subject: id, details: { name, version } });
  return { id, version, name, isInStep: await keepNamedQuery(ctx, row) };
}

/** What a version holds, as the database takes it. */
export interface Content {
  name: string;
  sql: string;
  parameters: Prisma.InputJsonValue;
  chart: Prisma.InputJsonObject | typeof Prisma.DbNull;
}

function contentOf({ name, sql, parameters, chart }: Input, before: Prisma.JsonValue = null): Content {
  return { name, sql, parameters, chart: toChart(chart === undefined ? before : chart) };
}

export function toChart(chart: unknown): Content['chart'] {
  return chart ? (chart as Prisma.InputJsonObject) : Prisma.DbNull;
}

async function create(ctx: Context, input: Input) {
  const prisma = await db();
  const { sharing, roles, description, tags, name } = input;
  const content = contentOf(input);
  const by = ctx.user.email;
  return prisma.savedQuery.create({
    data: {
      ...content,
      ...{ description, tags, sharing, roles: sharing === 'roles' ? roles : [] },
      ownerId: ctx.user.id,
      place: placeOf(sharing, ctx.user.id, name),
      updatedBy: by,
      versions: { create: { ...content, number: 1, by } },
    },
  });
}

async function change(ctx: Context, input: Input, id: string) {
  const prisma = await db();
  const { sharing, description, tags, name, baseVersion = 0 } = input;
  const roles = sharing === 'roles' ? input.roles : [];
  return prisma.$transaction(async (tx) => {
    const before = await tx.savedQuery.findFirst({
      where: { id, ...visibleTo(ctx), deletedAt: null },
      include: withOwner,
    });
    if (!before) throw noSavedQuery(name);
    const isShared = sharing === before.sharing && roles.toSorted().join() === before.roles.toSorted().join();
    if (!isShared) requireManaged(ctx, before);
    // What nobody owned becomes theirs who hide it; else it would be hidden from them too.
    const ownerId = before.ownerId ?? (sharing === 'team' ? null : ctx.user.id);
    const place = placeOf(sharing, ownerId, name);
    return addVersion(tx, ctx, {
      before,
      baseVersion,
      content: contentOf(input, before.chart),
      rest: { description, tags, sharing, roles, ownerId, place },
    });
  });
}

interface NewVersion {
  before: SavedRow;
  baseVersion: number;
  content: Content;
  rest: Prisma.SavedQueryUncheckedUpdateManyInput;
  restoredFrom?: number;
}

/** Makes the next version, if the one it is based on still is the current one. */
export async function addVersion(
  tx: Prisma.TransactionClient,
  ctx: Context,
  { before: { id }, baseVersion, content, rest, restoredFrom }: NewVersion,
) {
  const number = baseVersion + 1;
  const by = ctx.user.email;
  const changed = await tx.savedQuery.updateMany({
    where: { id, version: baseVersion, deletedAt: null },
    data: { ...content, ...rest, version: number, updatedBy: by, updatedAt: new Date() },
  });
  const row = await tx.savedQuery.findUniqueOrThrow({ where: { id } });
  if (changed.count === 0) throw changedSince(row);
  await tx.savedQueryVersion.create({ data: { ...content, savedQueryId: id, number, by, restoredFrom } });
  return row;
}

function changedSince(row: { name: string; version: number; updatedBy: string | null }): AppError {
  const details = { name: row.name, version: row.version, by: row.updatedBy ?? 'Athena' };
  return new AppError(
    'CONFLICT',
    `${details.by} has saved version ${row.version} of ${row.name} since you opened it. Nothing was saved.`,
    { reason: 'savedQueryChanged', details },
  );
}
