import 'server-only';
import { GetWorkGroupCommand } from '@aws-sdk/client-athena';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { env } from '@/lib/config/env';
import { parseStatement } from '@/lib/languages/trino-sql/parse-statement.ts';
import { toOwnMessage, toOwnSql } from '@/lib/languages/trino-sql/past-sql.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '@/lib/languages/trino-sql/statement.ts';
import { costNotes } from './cost-notes';
import { findRewrites } from './find-rewrites';
import { readPast } from './past-tables';
import { preparedStatement } from './prepared-statement';
import { scanPrice } from './price';
import { type MeasuredScan, ScanMeter } from './scan-meter';
import { type Estimate, type EstimatedTable, EstimateQuery, type Rewrite } from './schemas';
import { UnknownCost } from './unknown-cost';

/**
 * What a statement will scan and what that costs, before it is run: from the catalog's partitions, lists of files and the
 * ends of Parquet files. Nothing is run, and nothing that cannot be known is an error: the answer says why in a word.
 */
export async function estimateQuery(ctx: Context, raw: EstimateQuery, signal: AbortSignal): Promise<Estimate> {
  requirePermission(ctx, 'queries:run');
  const input = EstimateQuery.parse(raw);
  try {
    return await estimate(ctx, input, signal);
  } catch (error) {
    if (error instanceof SqlError) return { status: 'unknown', why: 'syntax' };
    if (!(error instanceof UnknownCost)) throw error;
    return { status: 'unknown', why: error.why, ...(error.subject ? { subject: error.subject } : {}) };
  }
}

async function estimate(ctx: Context, input: EstimateQuery, signal: AbortSignal): Promise<Estimate> {
  const { sql, past } = await readPast(ctx, input.sql);
  const lake = await getLake();
  const statement = parseStatement(sql);
  const { workGroup } = lake;
  const query =
    statement.type === 'EXECUTE'
      ? executedQuery(await preparedStatement(ctx, statement, { workGroup, signal }))
      : queryOf(statement, sql);
  if (typeof query !== 'string') return query;
  const { AWS_REGION: region } = env();
  const meter = new ScanMeter(ctx, { database: input.database ?? lake.database, signal, now: new Date(), past });
  const [scans, cutoffBytes] = await Promise.all([measure(query, meter), findCutoff(ctx, workGroup, signal)]);
  if (scans.length === 0) return { status: 'free', why: 'noTable' };
  const bytes = totalBytes(scans);
  return {
    status: 'scan',
    bytes,
    ...scanPrice(bytes, region),
    region,
    tables: perTable(scans).map((table) => ({ ...table, name: toOwnMessage(sql, table.name) })),
    notes: costNotes(query, scans),
    rewrites: statement.type === 'SELECT' ? (await rewritesOf(sql, scans, meter)).map(toOwnRewrite(sql)) : [],
    ...(cutoffBytes === undefined ? {} : { cutoffBytes }),
  };
}

/** What is said of a table of the past calls it as the person does. */
async function measure(query: string, meter: ScanMeter): Promise<MeasuredScan[]> {
  try {
    return await meter.measure(query);
  } catch (error) {
    if (!(error instanceof UnknownCost)) throw error;
    throw new UnknownCost(error.why, error.subject && toOwnMessage(query, error.subject), error);
  }
}

function toOwnRewrite(pastSql: string): (rewrite: Rewrite) => Rewrite {
  return (rewrite) => ({
    ...rewrite,
    sql: toOwnSql(rewrite.sql),
    subject: toOwnMessage(pastSql, rewrite.subject),
  });
}

/** A rewrite that cannot be worked out is not offered; the figure stands all the same. */
async function rewritesOf(sql: string, scans: readonly MeasuredScan[], meter: ScanMeter): Promise<Rewrite[]> {
  try {
    return await findRewrites(sql, scans, meter);
  } catch (error) {
    if (error instanceof UnknownCost) return [];
    throw error;
  }
}

/** The query that reads, or why nothing does. */
function queryOf(statement: Statement, sql: string): string | Estimate {
  switch (statement.type) {
    case 'SELECT':
      return sql;
    case 'INSERT':
    case 'UNLOAD':
    case 'CREATE_TABLE_AS_SELECT':
      return statement.query;
    case 'EXPLAIN':
      return statement.analyze ? statement.query : { status: 'free', why: 'explain' };
    case 'EXECUTE':
    case 'UNSUPPORTED':
      return { status: 'unknown', why: 'syntax' };
    default:
      return { status: 'free', why: 'definition' };
  }
}

/** What a prepared statement reads; it can be no other one's EXECUTE. */
function executedQuery(sql: string): string | Estimate {
  return queryOf(parseStatement(sql), sql);
}

function totalBytes(scans: readonly MeasuredScan[]): number {
  return scans.reduce((sum, { estimate }) => sum + estimate.bytes, 0);
}

/** A table that is read twice is one line. */
function perTable(scans: readonly MeasuredScan[]): EstimatedTable[] {
  const tables = new Map<string, EstimatedTable>();
  for (const { estimate } of scans) {
    const before = tables.get(estimate.name);
    tables.set(estimate.name, before ? { ...before, bytes: before.bytes + estimate.bytes } : estimate);
  }
  return [...tables.values()];
}

const KEPT_MS = 60_000;
const cutoffs = new Map<string, { bytes: number | undefined; until: number }>();

/** The bytes at which the workgroup stops a query; a person who may not see the workgroup is told of none. */
async function findCutoff(ctx: Context, workGroup: string, signal: AbortSignal): Promise<number | undefined> {
  const key = `${ctx.role} ${workGroup}`;
  const kept = cutoffs.get(key);
  if (kept && Date.now() < kept.until) return kept.bytes;
  const answer = await ctx.aws.athena
    .send(new GetWorkGroupCommand({ WorkGroup: workGroup }), { abortSignal: signal })
    .catch(() => undefined);
  const bytes = answer?.WorkGroup?.Configuration?.BytesScannedCutoffPerQuery;
  if (answer) cutoffs.set(key, { bytes, until: Date.now() + KEPT_MS });
  return bytes;
}
