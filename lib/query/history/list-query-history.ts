import 'server-only';
import { BatchGetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { tablesOf } from '../saved/saved-row';
import { nextIds, type Place, readPlace, writePlace } from './history-pages';
import { toQueryRecord } from './query-record';
import { findRunners } from './runners';
import { type HistoryFilter, ListQueryHistory, type QueryHistoryPage, type QueryRecord } from './schemas';

/** A filter that fits little is looked through so far in one answer: six hundred executions, a dozen calls of Athena. */
const MAX_PAGES = 12;
/** Enough to fill a screen. */
const ENOUGH = 50;

/**
 * Returns statements that were run, newest first: of the person, or of everybody for those who may see that. Athena cannot
 * search: its pages are read and sieved here, until there are enough or a bound is met; `next` goes on behind.
 */
export async function listQueryHistory(ctx: Context, raw: ListQueryHistory): Promise<QueryHistoryPage> {
  requirePermission(ctx, 'queries:read');
  const filter = ListQueryHistory.parse(raw);
  if (filter.whose === 'everybody') requirePermission(ctx, 'queries:readAll');
  const { database } = await getLake();
  const records: QueryRecord[] = [];
  let place: Place | undefined = readPlace(filter.next);
  let readTo: number | undefined;
  for (let pages = 0; place && pages < MAX_PAGES && records.length < ENOUGH; pages += 1) {
    const page = await nextIds(ctx, filter, place);
    const read = await readRecords(ctx, page.ids);
    records.push(...read.filter((record) => isWanted(record, filter, database)));
    readTo = read.at(-1)?.submittedAt ?? readTo;
    const isPast = filter.since !== undefined && readTo !== undefined && readTo < filter.since;
    place = isPast ? undefined : page.next;
  }
  return { records, ...(place ? { next: writePlace(place) } : {}), ...(readTo ? { readTo } : {}) };
}

/** One call of Athena and one look at the audit trail, however many they are. */
async function readRecords(ctx: Context, ids: string[]): Promise<QueryRecord[]> {
  if (ids.length === 0) return [];
  const [{ QueryExecutions = [] }, runners] = await Promise.all([
    ctx.aws.athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids })),
    findRunners(ids),
  ]);
  const records = QueryExecutions.map((execution) =>
    toQueryRecord(execution, runners.get(execution.QueryExecutionId ?? ''), ctx.user.email),
  );
  return records.sort((a, b) => b.submittedAt - a.submittedAt);
}

function isWanted(record: QueryRecord, filter: HistoryFilter, database: string): boolean {
  const { search, status, source, table, since, until } = filter;
  return (
    (!status || record.status === status) &&
    (!source || record.source === source) &&
    (since === undefined || record.submittedAt >= since) &&
    (until === undefined || record.submittedAt < until) &&
    record.sql.toLowerCase().includes(search.toLowerCase()) &&
    (!table || readsTable(record.sql, table.toLowerCase(), database))
  );
}

function readsTable(sql: string, table: string, database: string): boolean {
  return tablesOf(sql, database).some((name) => name === table || name.endsWith(`.${table}`));
}
