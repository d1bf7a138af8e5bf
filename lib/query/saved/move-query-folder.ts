import 'server-only';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { withLimit } from '@/lib/aws/with-limit';
import { db } from '@/lib/db';
import type { Prisma, SavedQuery as Row } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { keepNamedQuery } from './named-query';
import { isTaken, nameTaken, placeOf, visibleTo } from './saved-row';
import { MoveQueryFolder, QueryPath } from './schemas';

const NAMED_AT_ONCE = 5;

/**
 * Gives a folder another path: every query in it, and in the folders within, that the person sees. All of them or, where
 * one of the new names is taken (CONFLICT) or too long, none. Returns which, for an undo.
 */
export async function moveQueryFolder(ctx: Context, raw: MoveQueryFolder): Promise<{ ids: string[] }> {
  requirePermission(ctx, 'queries:save');
  const { from, to, only } = MoveQueryFolder.parse(raw);
  const prisma = await db();
  const rows = await prisma
    .$transaction((tx) => moveAll(tx, ctx, { from, to, only }))
    .catch((error: unknown) => {
      // Somebody has saved one meanwhile.
      throw isTaken(error) ? nameTaken(to, error) : error;
    });
  const ids = rows.map(({ id }) => id);
  await recordAudit(ctx, { action: 'queries.moveFolder', subject: from, details: { to, count: ids.length } });
  await withLimit(rows, NAMED_AT_ONCE, (row) => keepNamedQuery(ctx, row));
  return { ids };
}

interface Move {
  from: string;
  to: string;
  only: string[] | undefined;
}

async function moveAll(tx: Prisma.TransactionClient, ctx: Context, { from, to, only }: Move): Promise<Row[]> {
  const inside = await tx.savedQuery.findMany({
    where: { ...visibleTo(ctx), name: { startsWith: `${from}/` }, deletedAt: null, ...(only && { id: { in: only } }) },
  });
  if (inside.length === 0) throw noFolder(from);
  const moves = inside.map((row) => ({ row, name: newName(row.name, from, to) }));
  const ids = inside.map(({ id }) => id);
  const places = moves.map(({ row, name }) => placeOf(row.sharing, row.ownerId, name));
  const taken = await tx.savedQuery.findFirst({ where: { place: { in: places }, id: { notIn: ids } } });
  if (taken) throw nameTaken(taken.name, undefined);
  // One may get the name that another one leaves.
  await tx.savedQuery.updateMany({ where: { id: { in: ids } }, data: { place: null } });
  const rows: Row[] = [];
  for (const [index, { row, name }] of moves.entries()) {
    rows.push(await tx.savedQuery.update({ where: { id: row.id }, data: { name, place: places[index] ?? null } }));
  }
  return rows;
}

function newName(name: string, from: string, to: string): string {
  const parsed = QueryPath.safeParse(`${to}${name.slice(from.length)}`);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID', `${name} would get too long a name.`, {
    reason: 'savedQueryNameTooLong',
    details: { field: 'to', name },
  });
}

function noFolder(folder: string): AppError {
  return new AppError('NOT_FOUND', `There is no folder ${folder}, or nothing in it is shared with you.`, {
    reason: 'noQueryFolder',
    details: { folder },
  });
}
