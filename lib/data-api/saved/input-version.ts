import 'server-only';
import { createHash } from 'node:crypto';
import { GetPartitionsCommand, GetTableCommand, type Partition, type Table } from '@aws-sdk/client-glue';
import { ListObjectsV2Command, type _Object as StoredObject } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { readInputs, type TableInput } from './read-inputs';

/** More than these are not looked through: asking about them would cost more than many a query. */
const MAX = { objects: 20_000, partitions: 20_000, locations: 100, views: 20 };
const CALLS_AT_ONCE = 8;

/** What cannot be told apart from what it was: the query is run each time. */
class Untold extends Error {}

/**
 * Returns what a statement's answer is made of, as a hash: for each table that it reads, through views too, the version
 * of its definition, its partitions, and each object below its locations by key, ETag and size. Nothing is scanned.
 * Undefined where the answer may change though these do not (`now()`, a table of the past), or there are too many.
 */
export function inputVersion(ctx: Context, sql: string, database: string): Promise<string | undefined> {
  return versionOf(
    () => resolveTables(ctx, inputsOf(sql, database)),
    (table) => describeTable(ctx, table),
  );
}

/**
 * Returns what a table, or the tables behind a view, hold, as a hash of the columns and of each object by key, ETag and
 * size: a new comment or owner changes nothing of it. Undefined where there are too many objects to tell.
 */
export function tableVersion(ctx: Context, table: TableInput): Promise<string | undefined> {
  return versionOf(
    () => resolveTables(ctx, [table]),
    (each) => describeData(ctx, each),
  );
}

async function versionOf(
  resolve: () => Promise<Table[]>,
  describe: (table: Table) => Promise<string>,
): Promise<string | undefined> {
  try {
    const described = await withLimit(await resolve(), CALLS_AT_ONCE, describe);
    return createHash('sha256').update(JSON.stringify(described.sort())).digest('base64url');
  } catch (error) {
    if (error instanceof Untold) return undefined;
    // What the person may not see, or what is not there, is Athena's to tell.
    if (['FORBIDDEN', 'NOT_FOUND', 'INVALID'].includes(toAppError(error).code)) return undefined;
    throw error;
  }
}

/** The tables that are read, those of views among them. */
async function resolveTables(ctx: Context, inputs: readonly TableInput[]): Promise<Table[]> {
  const found = new Map<string, Table>();
  const waiting = [...inputs];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const key = `${next.database}.${next.name}`;
    if (found.has(key)) continue;
    if (found.size >= MAX.views * 5) throw new Untold();
    const { Table: table } = await ctx.aws.glue.send(
      new GetTableCommand({ DatabaseName: next.database, Name: next.name }),
    );
    if (!table) throw new Untold();
    found.set(key, table);
    if (table.TableType === 'VIRTUAL_VIEW') waiting.push(...inputsOfView(table));
  }
  return [...found.values()];
}

function inputsOf(sql: string, database: string): TableInput[] {
  const inputs = readInputs(sql, database);
  if (!inputs) throw new Untold();
  return inputs;
}

/** A view as Athena keeps it: a comment `Presto View: <base64 of this JSON>`. */
const View = z.object({ originalSql: z.string(), schema: z.string().optional() });

function inputsOfView({ ViewOriginalText = '', DatabaseName = '' }: Table): TableInput[] {
  const encoded = /\/\*\s*Presto View:\s*([A-Za-z0-9+/=\s]+?)\s*\*\//.exec(ViewOriginalText)?.[1];
  try {
    const { originalSql, schema } = View.parse(JSON.parse(Buffer.from(encoded ?? '', 'base64').toString()));
    return inputsOf(originalSql, schema ?? DatabaseName);
  } catch {
    throw new Untold();
  }
}

async function describeTable(ctx: Context, table: Table): Promise<string> {
  const { DatabaseName, Name, VersionId, UpdateTime, ViewOriginalText, Parameters = {} } = table;
  const definition = [DatabaseName, Name, VersionId, UpdateTime?.getTime(), ViewOriginalText, Parameters];
  if (table.TableType === 'VIRTUAL_VIEW') return JSON.stringify(definition);
  // Each commit to an Iceberg table is a new metadata file, which its definition names.
  if (isIceberg(table)) return JSON.stringify(definition);
  return JSON.stringify([definition, ...(await describeFiles(ctx, table))]);
}

async function describeData(ctx: Context, table: Table): Promise<string> {
  const { DatabaseName, Name, ViewOriginalText, Parameters, StorageDescriptor, PartitionKeys = [] } = table;
  const columns = [...(StorageDescriptor?.Columns ?? []), ...PartitionKeys].map((each) => [each.Name, each.Type]);
  const named = [DatabaseName, Name, ViewOriginalText, columns];
  if (table.TableType === 'VIRTUAL_VIEW') return JSON.stringify(named);
  if (isIceberg(table)) return JSON.stringify([named, Parameters?.metadata_location]);
  return JSON.stringify([named, ...(await describeFiles(ctx, table))]);
}

function isIceberg({ Parameters }: Table): boolean {
  return Parameters?.table_type?.toLowerCase() === 'iceberg';
}

async function describeFiles(ctx: Context, table: Table): Promise<[parts: unknown, objects: unknown]> {
  const partitions = await listPartitions(ctx, table);
  const objects = await withLimit(locationsOf(table, partitions), CALLS_AT_ONCE, (place) => listObjects(ctx, place));
  const parts = partitions.map(({ Values, StorageDescriptor }) => [Values, StorageDescriptor?.Location]);
  return [parts, objects];
}

async function listPartitions(ctx: Context, { DatabaseName, Name, PartitionKeys, Parameters }: Table) {
  if (!PartitionKeys?.length || Parameters?.['projection.enabled'] === 'true') return [];
  const { items, isTruncated } = await collectPages<Partition>(async (NextToken) => {
    const page = await ctx.aws.glue.send(
      new GetPartitionsCommand({ DatabaseName, TableName: Name, NextToken, ExcludeColumnSchema: true }),
    );
    return { items: page.Partitions, next: page.NextToken };
  }, MAX.partitions);
  if (isTruncated) throw new Untold();
  return items;
}

/** The folders that hold all of the table's files, none within another. */
function locationsOf(table: Table, partitions: readonly Partition[]): string[] {
  const base = table.StorageDescriptor?.Location;
  const template = table.Parameters?.['storage.location.template'];
  const all = [base, template?.split('${')[0], ...partitions.map((each) => each.StorageDescriptor?.Location)];
  const folders = all
    .filter((place) => place !== undefined)
    .map((place) => (place.endsWith('/') ? place : `${place}/`));
  const outer: string[] = [];
  for (const folder of [...new Set(folders)].sort()) {
    if (!outer.some((other) => folder.startsWith(other))) outer.push(folder);
  }
  if (outer.length > MAX.locations) throw new Untold();
  return outer;
}

async function listObjects(ctx: Context, folder: string): Promise<unknown> {
  const [, Bucket, Prefix] = /^s3[an]?:\/\/([^/]+)\/(.*)$/s.exec(folder) ?? [];
  if (!Bucket) throw new Untold();
  const { items, isTruncated } = await collectPages<StoredObject>(async (ContinuationToken) => {
    const page = await ctx.aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    return { items: page.Contents, next: page.NextContinuationToken };
  }, MAX.objects);
  if (isTruncated) throw new Untold();
  return [folder, items.map(({ Key, ETag, Size }) => [Key, ETag, Size])];
}
