import 'server-only';
import { BatchGetNamedQueryCommand, ListNamedQueriesCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { queryNames } from '@/lib/languages/trino-sql/query-names.ts';
import type { SavedQuery } from './schemas';

const MAX_QUERIES = 1_000;
/** AWS reads no more named queries in one call. */
const READ_AT_ONCE = 50;
const CALLS_AT_ONCE = 4;

/** Returns the queries that are saved in the lake's workgroup, in the order of their names, with the tables that each reads. */
export async function listSavedQueries(ctx: Context): Promise<SavedQuery[]> {
  requirePermission(ctx, 'queries:read');
  const { workGroup, database } = await getLake();
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
  return read
    .flat()
    .map(({ NamedQueryId, Name, Description, QueryString = '', Database }) => ({
      id: NamedQueryId ?? '',
      name: Name ?? '',
      ...(Description ? { description: Description } : {}),
      sql: QueryString,
      tables: tablesOf(QueryString, Database ?? database),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** `database.table`, each once. A text that nobody can read names no tables. */
function tablesOf(sql: string, database: string): string[] {
  try {
    return [...new Set(queryNames(sql).tables.map(({ schema, name }) => `${schema ?? database}.${name}`))];
  } catch {
    return [];
  }
}
