import 'server-only';
import { BatchGetNamedQueryCommand, ListNamedQueriesCommand, type NamedQuery } from '@aws-sdk/client-athena';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { db } from '@/lib/db';
import type { SavedQuery as Row } from '@/lib/db/generated/client';
import { isTaken, placeOf } from './saved-row';
import { QueryPath } from './schemas';

const MAX_QUERIES = 1_000;
/** AWS reads no more named queries in one call. */
const READ_AT_ONCE = 50;
const CALLS_AT_ONCE = 4;

/**
 * Takes over what was saved with Athena and not with the console: a named query that nobody here knows becomes a query of
 * the team, and one whose text was changed there gets that text as a version.
 */
export async function adoptNamedQueries(ctx: Context): Promise<void> {
  const named = await readNamedQueries(ctx);
  const prisma = await db();
  const rows = await prisma.savedQuery.findMany({
    where: { namedQueryId: { in: named.map(({ NamedQueryId = '' }) => NamedQueryId) } },
  });
  const known = new Map(rows.map((row) => [row.namedQueryId, row]));
  for (const query of named) {
    const row = known.get(query.NamedQueryId ?? '');
    if (!row) await adopt(query);
    // What Athena has not been told yet is no change that was made there.
    else if (row.mirrored === row.version && row.sql !== query.QueryString?.trim()) await follow(row, query);
  }
}

async function readNamedQueries(ctx: Context): Promise<NamedQuery[]> {
  const { workGroup } = await getLake();
  const { items: ids } = await collectPages(async (token) => {
    const page = await ctx.aws.athena.send(new ListNamedQueriesCommand({ WorkGroup: workGroup, NextToken: token }));
    return { items: page.NamedQueryIds, next: page.NextToken };
  }, MAX_QUERIES);
  const batches = Array.from({ length: Math.ceil(ids.length / READ_AT_ONCE) }, (_, index) =>
    ids.slice(index * READ_AT_ONCE, (index + 1) * READ_AT_ONCE),
  );
  const read = await withLimit(batches, CALLS_AT_ONCE, async (NamedQueryIds) => {
    const answer = await ctx.aws.athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
    return answer.NamedQueries ?? [];
  });
  return read.flat();
}

async function adopt({ NamedQueryId = '', Name = '', Description, QueryString = '' }: NamedQuery): Promise<void> {
  const prisma = await db();
  const name = QueryPath.safeParse(Name).data ?? NamedQueryId;
  const sql = QueryString.trim();
  const same = await prisma.savedQuery.findUnique({ where: { place: placeOf('team', null, name) } });
  // It was saved here a moment ago, and its row is about to be told.
  if (same?.sharing === 'team' && same.namedQueryId === null) return;
  // Athena lets two queries have one name; here the second is told apart.
  const ownName = same ? `${name.slice(0, 110)} (${NamedQueryId.slice(0, 8)})` : name;
  const content = { name: ownName, sql };
  await prisma.savedQuery
    .create({
      data: {
        ...content,
        place: placeOf('team', null, ownName),
        description: Description ?? '',
        sharing: 'team',
        namedQueryId: NamedQueryId,
        mirrored: 1,
        versions: { create: { ...content, number: 1 } },
      },
    })
    .catch((error: unknown) => {
      // Two people open the list at once: it is adopted already.
      if (!isTaken(error)) throw error;
    });
}

async function follow({ id, version, name, parameters, chart }: Row, { QueryString = '' }: NamedQuery): Promise<void> {
  const prisma = await db();
  const sql = QueryString.trim();
  const number = version + 1;
  const kept = { parameters: parameters ?? [], chart: chart ?? undefined };
  await prisma.$transaction(async (tx) => {
    const changed = await tx.savedQuery.updateMany({
      where: { id, version, mirrored: version },
      data: { sql, version: number, mirrored: number, updatedBy: null, updatedAt: new Date() },
    });
    if (changed.count === 0) return;
    await tx.savedQueryVersion.create({ data: { savedQueryId: id, number, name, sql, ...kept } });
  });
}
