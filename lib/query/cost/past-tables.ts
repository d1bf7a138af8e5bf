import 'server-only';
import type { Table } from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { toPastSql } from '@/lib/languages/trino-sql/past-sql.ts';
import { type TableMoment, tableMoments } from '@/lib/languages/trino-sql/table-moments.ts';
import { pastPartitions, pastTableInput } from '../past/past-table';
import { findPastTable, type PastTable } from '../past/plan-past';
import type { ComingTables } from './catalog-reader';
import type { ComingFiles, DataFile } from './file-reader';
import type { UnknownReason } from './schemas';
import { asUnknown, UnknownCost } from './unknown-cost';

/** A table of the past as its copy will be, whether or not there is one yet. */
export interface PastSource {
  /** The copy's full name. */
  name: string;
  entry: ReturnType<ComingTables>;
  bucket: string;
  prefix: string;
  files: DataFile[];
}

/** The statement as Athena gets it, and what the tables of the past in it are made of. */
export async function readPast(ctx: Context, sql: string): Promise<{ sql: string; past: PastSource[] }> {
  const moments = sql.includes('@') ? tableMoments(sql) : [];
  if (moments.length === 0) return { sql, past: [] };
  const { versionsDatabase, processedBucket } = await getLake();
  const tables = await Promise.all(moments.map((moment) => findKept(ctx, moment)));
  const names = new Map(tables.map(({ place }, index) => [moments[index]?.start, place.name]));
  return {
    sql: toPastSql(sql, moments, ({ start }) => ({ database: versionsDatabase, table: names.get(start) ?? '' })),
    past: tables.map((table) => sourceOf(table, versionsDatabase, processedBucket)),
  };
}

export function comingTables(past: readonly PastSource[]): ComingTables {
  return (name) => past.find((source) => source.name === name)?.entry;
}

export function comingFiles(past: readonly PastSource[]): ComingFiles {
  return ({ bucket, prefix }) => {
    const source = past.find((each) => each.bucket === bucket && prefix.startsWith(each.prefix));
    return source?.files.filter(({ key }) => key.startsWith(prefix));
  };
}

const KEPT_MS = 60_000;
const MAX_KEPT = 50;
const kept = new Map<string, { table: PastTable; until: number }>();

/** The past does not change while a statement about it is written. */
async function findKept(ctx: Context, moment: TableMoment): Promise<PastTable> {
  const key = `${ctx.role} ${moment.database ?? ''}.${moment.table} ${moment.at}`;
  const known = kept.get(key);
  if (known && Date.now() < known.until) return known.table;
  try {
    const table = await findPastTable(ctx, moment);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(key, { table, until: Date.now() + KEPT_MS });
    return table;
  } catch (error) {
    throw whyUnknown(error, moment.text);
  }
}

const REASONS: Record<string, UnknownReason> = {
  momentInFuture: 'future',
  pastNotFiles: 'notFiles',
  pastTooLarge: 'tooLarge',
  pastNoTable: 'table',
  pastNoFiles: 'notYet',
  pastBeforeFirst: 'notYet',
  pastPartition: 'folders',
};

function whyUnknown(error: unknown, subject: string): unknown {
  const why = error instanceof AppError ? REASONS[error.reason ?? ''] : undefined;
  return why ? new UnknownCost(why, subject, error) : asUnknown(error, subject);
}

function sourceOf(
  { moment, table, place, files, sourcePrefix }: PastTable,
  database: string,
  from: string,
): PastSource {
  const pathOf = (key: string) => key.slice(sourcePrefix.length);
  const entry: Table = { ...pastTableInput(table, place), Name: place.name, DatabaseName: database };
  const paths = files.map(({ key }) => pathOf(key));
  return {
    name: `${database}.${place.name}`,
    entry: { table: entry, partitions: partitionsOf(() => pastPartitions(table, place, paths), moment.text) },
    bucket: place.bucket,
    prefix: place.prefix,
    files: files.map(({ key, versionId, etag, sizeBytes }) => ({
      bucket: place.bucket,
      key: `${place.prefix}${pathOf(key)}`,
      etag,
      sizeBytes,
      original: { bucket: from, key, versionId },
    })),
  };
}

function partitionsOf<T>(find: () => T, subject: string): T {
  try {
    return find();
  } catch (error) {
    throw whyUnknown(error, subject);
  }
}
