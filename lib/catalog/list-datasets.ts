import 'server-only';
import { GetTablesCommand } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import type { Catalog, DatasetSummary, TableSummary } from './schemas';
import { tableSummary } from './table-summary';

/** Where the pipeline keeps a note for each file that no table can be made of: `_lake/files/<dataset>/<file>.json`. */
export const FILE_NOTES = '_lake/files/';

/** Returns every dataset of the lake with its tables, in the order of their names. */
export async function listDatasets(ctx: Context): Promise<Catalog> {
  requirePermission(ctx, 'datasets:read');
  const { database, processedBucket } = await getLake();
  const [tables, withFiles] = await Promise.all([listAllTables(ctx, database), listFileDatasets(ctx, processedBucket)]);
  return { database, datasets: group(tables, withFiles) };
}

/** Returns every table of a database that Glue gives in a hundred pages. */
export async function listAllTables(ctx: Context, database: string): Promise<TableSummary[]> {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.glue.send(new GetTablesCommand({ DatabaseName: database, NextToken: token }));
    return { items: page.TableList, next: page.NextToken };
  }).catch((error: unknown) => {
    // A lake that has never seen a file may have no database yet.
    if (toAppError(error).code === 'NOT_FOUND') return { items: [] };
    throw error;
  });
  return items.map(tableSummary);
}

/** Returns the datasets that have files which no table can be made of. */
export async function listFileDatasets(ctx: Context, bucket: string): Promise<string[]> {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: FILE_NOTES, Delimiter: '/', ContinuationToken: token }),
    );
    return { items: page.CommonPrefixes, next: page.NextContinuationToken };
  });
  return items.map((folder) => (folder.Prefix ?? '').slice(FILE_NOTES.length, -1));
}

/** A dataset's own table comes first, then what is computed from it. */
export function group(tables: readonly TableSummary[], withFiles: readonly string[]): DatasetSummary[] {
  const names = [...new Set([...tables.map((table) => table.dataset), ...withFiles])].sort();
  return names.map((name) => ({
    name,
    tables: tables
      .filter((table) => table.dataset === name)
      .sort((a, b) => Number(b.name === name) - Number(a.name === name) || a.name.localeCompare(b.name)),
    hasFiles: withFiles.includes(name),
  }));
}
