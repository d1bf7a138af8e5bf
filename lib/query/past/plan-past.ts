import 'server-only';
import { GetTableCommand, GetTableVersionsCommand, type Table, type TableVersion } from '@aws-sdk/client-glue';
import { ListObjectsV2Command, type _Object as StoredObject } from '@aws-sdk/client-s3';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { newestFirst, tableAt } from '@/lib/catalog/table-at';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { type TableMoment, tableMoments } from '@/lib/languages/trino-sql/table-moments.ts';
import { listAllVersions } from '@/lib/storage';
import { versionsAt } from '@/lib/storage/point-in-time';
import type { FileVersion } from '@/lib/storage/schemas';
import { notAMoment, pastError } from './past-error';
import { type PastPlace, pastPlace } from './past-table';

const MAX_VERSIONS = 100_000;
const MAX_FILES = 10_000;
/** As much as one query may scan: more would be copied only to be refused. */
const MAX_BYTES = 100_000_000_000;
/** Copies expire after seven days; those that will do so within one are made again. */
const FRESH_MS = 6 * 24 * 60 * 60 * 1000;

export interface PastTable {
  moment: TableMoment;
  /** As the catalog had it then. */
  table: Table;
  /** Where the table's own files are; ends with a slash. */
  sourcePrefix: string;
  files: FileVersion[];
  place: PastPlace;
}

/** What must be there before a statement can read a table of the past. */
export interface PastPlan extends PastTable {
  /** Files without a fresh copy. */
  missing: FileVersion[];
  isCatalogued: boolean;
}

/** Returns what each table of the past in a statement needs; nothing for a statement that reads only the present. */
export async function planPast(ctx: Context, sql: string): Promise<PastPlan[]> {
  const plans: PastPlan[] = [];
  for (const moment of findMoments(sql)) plans.push(await planTable(ctx, moment));
  return plans;
}

function findMoments(sql: string): TableMoment[] {
  try {
    return tableMoments(sql);
  } catch (error) {
    throw error instanceof SqlError ? notAMoment(error) : error;
  }
}

async function planTable(ctx: Context, moment: TableMoment): Promise<PastPlan> {
  const past = await findPastTable(ctx, moment);
  const { files, place, sourcePrefix } = past;
  const [copies, isCatalogued] = await Promise.all([listCopies(ctx, place), isInCatalog(ctx, place)]);
  const missing = files.filter(({ key }) => !copies.has(key.slice(sourcePrefix.length)));
  return { ...past, missing, isCatalogued };
}

/** What a table was made of at a moment, whether or not a copy of it is there. */
export async function findPastTable(ctx: Context, moment: TableMoment): Promise<PastTable> {
  if (moment.at > Date.now()) {
    throw pastError(moment, { code: 'INVALID', reason: 'momentInFuture', message: `${moment.text} is still to come.` });
  }
  const { processedBucket, resultsBucket, database } = await getLake();
  const table = await findTableAt(ctx, moment, database);
  const sourcePrefix = folderOf(moment, table, processedBucket);
  const files = await findFiles(ctx, moment, sourcePrefix);
  return { moment, table, sourcePrefix, files, place: pastPlace(table, files, resultsBucket) };
}

async function findTableAt(ctx: Context, moment: TableMoment, ownDatabase: string): Promise<Table> {
  const DatabaseName = moment.database ?? ownDatabase;
  const { items } = await collectPages<TableVersion>(async (NextToken) => {
    const page = await ctx.aws.glue.send(
      new GetTableVersionsCommand({ DatabaseName, TableName: moment.table, NextToken }),
    );
    return { items: page.TableVersions, next: page.NextToken };
  }).catch((cause: unknown) => {
    if (toAppError(cause).code !== 'NOT_FOUND') throw cause;
    const details = { table: `${DatabaseName}.${moment.table}` };
    const message = `There is no table ${details.table}.`;
    throw pastError(moment, { code: 'NOT_FOUND', reason: 'pastNoTable', message, details, cause });
  });
  const table = tableAt(newestFirst(items), moment.at);
  if (table) return table;
  throw pastError(moment, { code: 'NOT_FOUND', reason: 'pastNoTable', message: `There is no table ${moment.table}.` });
}

/** Only what is a folder of the processed zone has its versions there. */
function folderOf(moment: TableMoment, table: Table, processedBucket: string): string {
  const location = table.StorageDescriptor?.Location ?? '';
  const [bucket, path = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(location)?.slice(1) ?? [];
  const isIceberg = table.Parameters?.table_type?.toLowerCase() === 'iceberg';
  if (table.TableType !== 'VIRTUAL_VIEW' && !isIceberg && bucket === processedBucket && path !== '') {
    return path.endsWith('/') ? path : `${path}/`;
  }
  throw pastError(moment, {
    code: 'INVALID',
    reason: 'pastNotFiles',
    message: `${moment.table} is not a table of files in the processed zone (it may be a view): ask for the past of the tables it reads.`,
  });
}

async function findFiles(ctx: Context, moment: TableMoment, prefix: string): Promise<FileVersion[]> {
  const { versions, isCut } = await listAllVersions(ctx, { zone: 'processed', prefix }, MAX_VERSIONS);
  const data = versions.filter(({ key }) => isData(key.slice(prefix.length)));
  const files = versionsAt(data, moment.at).filter(({ sizeBytes }) => sizeBytes > 0);
  const bytes = sizeOf(files);
  if (isCut || files.length > MAX_FILES || bytes > MAX_BYTES) throw tooLarge(moment, files.length, bytes);
  if (files.length > 0 || data.some(({ modifiedAt }) => modifiedAt <= moment.at)) return files;
  throw beforeItWas(moment, data);
}

/** Hive passes over names that begin with `_` or `.`, and so does Athena. */
function isData(path: string): boolean {
  return path !== '' && !path.endsWith('/') && !/(?:^|\/)[._]/.test(path);
}

function tooLarge(moment: TableMoment, files: number, bytes: number) {
  const details = { files, gigabytes: Math.ceil(bytes / 1e9), maxFiles: MAX_FILES, maxGigabytes: MAX_BYTES / 1e9 };
  const message = `${moment.text} is too large to be copied for a query: at most ${MAX_FILES} files and ${details.maxGigabytes} GB.`;
  return pastError(moment, { code: 'LIMIT_EXCEEDED', reason: 'pastTooLarge', message, details });
}

function beforeItWas(moment: TableMoment, data: readonly FileVersion[]) {
  const first = Math.min(...data.map(({ modifiedAt }) => modifiedAt));
  if (!Number.isFinite(first)) {
    return pastError(moment, {
      code: 'NOT_FOUND',
      reason: 'pastNoFiles',
      message: `${moment.table} has never had a file.`,
    });
  }
  const details = { first: new Date(first).toISOString() };
  const message = `${moment.table} did not exist before ${details.first}; its first version is of then.`;
  return pastError(moment, { code: 'NOT_FOUND', reason: 'pastBeforeFirst', message, details });
}

export function sizeOf(files: readonly FileVersion[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Paths of the copies that will be there for a day at least. */
async function listCopies(ctx: Context, { bucket, prefix }: PastPlace): Promise<Set<string>> {
  const { items } = await collectPages<StoredObject>(async (ContinuationToken) => {
    const page = await ctx.aws.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }));
    return { items: page.Contents, next: page.NextContinuationToken };
  }, MAX_FILES);
  const since = Date.now() - FRESH_MS;
  const fresh = items.filter(({ LastModified }) => (LastModified?.getTime() ?? 0) > since);
  return new Set(fresh.map(({ Key = '' }) => Key.slice(prefix.length)));
}

async function isInCatalog(ctx: Context, { name }: PastPlace): Promise<boolean> {
  const { versionsDatabase } = await getLake();
  try {
    await ctx.aws.glue.send(new GetTableCommand({ DatabaseName: versionsDatabase, Name: name }));
    return true;
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return false;
    throw error;
  }
}
