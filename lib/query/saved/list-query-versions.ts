import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import { compareLines } from '@/lib/languages/compare/compare-lines.ts';
import { noSavedQuery, visibleTo } from './saved-row';
import {
  CompareQueryVersions,
  ListQueryVersions,
  type QueryVersion,
  type QueryVersionDiff,
  type QueryVersionPage,
} from './schemas';

const PAGE = 50;

/** Returns who saved a query when, newest first; further back from `before`. */
export async function listQueryVersions(ctx: Context, raw: ListQueryVersions): Promise<QueryVersionPage> {
  requirePermission(ctx, 'queries:read');
  const { id, before } = ListQueryVersions.parse(raw);
  const prisma = await db();
  const found = await prisma.savedQuery.findFirst({
    where: { id, ...visibleTo(ctx) },
    select: {
      versions: {
        where: before ? { number: { lt: before } } : {},
        select: { number: true, at: true, by: true, name: true, restoredFrom: true },
        orderBy: { number: 'desc' },
        take: PAGE + 1,
      },
    },
  });
  if (!found) throw noSavedQuery(id);
  const versions = found.versions.slice(0, PAGE).map(
    ({ number, at, by, name, restoredFrom }): QueryVersion => ({
      number,
      at: at.getTime(),
      name,
      ...(by ? { by } : {}),
      ...(restoredFrom ? { restoredFrom } : {}),
    }),
  );
  return { versions, ...(found.versions.length > PAGE ? { before: versions.at(-1)?.number ?? 1 } : {}) };
}

/** Tells what is different between two versions of a query, line by line. */
export async function compareQueryVersions(ctx: Context, raw: CompareQueryVersions): Promise<QueryVersionDiff> {
  requirePermission(ctx, 'queries:read');
  const { id, from, to } = CompareQueryVersions.parse(raw);
  const prisma = await db();
  const found = await prisma.savedQuery.findFirst({
    where: { id, ...visibleTo(ctx) },
    select: { versions: { where: { number: { in: [from, to] } } } },
  });
  const before = found?.versions.find(({ number }) => number === from);
  const after = found?.versions.find(({ number }) => number === to);
  if (!before || !after) throw noSavedQuery(`${id} (${from}, ${to})`);
  const { lines, hunks, isExact } = compareLines(before.sql, after.sql);
  const differs = (['name', 'parameters', 'chart'] as const).filter(
    (part) => !isDeepStrictEqual(before[part], after[part]),
  );
  return { added: lines.added, removed: lines.removed, hunks, isExact, sql: before.sql, differs };
}
