import 'server-only';
import { GetTableCommand, type Table } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake, type Lake } from '@/lib/aws/lake';
import type { Zone } from '@/lib/storage/schemas';
import { readDatasetAddress } from './dataset-address';
import { FILE_NOTES, listDatasets } from './list-datasets';
import { FindDataset, type TableSummary } from './schemas';
import { tableSummary } from './table-summary';
import { zoneOfLocation } from './zone-of-location';

export interface DatasetPage {
  /** As the address has it. */
  name: string;
  database: string;
  /** True for the lake's own database: only there is a table made by the pipeline, from files of the raw zone. */
  isOwn: boolean;
  /** The dataset that the table belongs to, and the one of this name where there is no table. */
  dataset: string;
  /** True when files of the dataset are catalogued as files (documents, images). */
  hasFiles: boolean;
  /** Undefined for a dataset that is files only, or whose tables have other names. */
  table?: TableSummary;
  zone?: Zone;
}

/**
 * Returns the table of this address, or the dataset of this name that has no such table; undefined where neither is. One
 * table is asked for, never the whole catalog, as long as there is one.
 */
export async function findDataset(ctx: Context, raw: FindDataset): Promise<DatasetPage | undefined> {
  requirePermission(ctx, 'datasets:read');
  const { name: address } = FindDataset.parse(raw);
  const lake = await getLake();
  const { database, name } = readDatasetAddress(address, lake.database);
  const isOwn = database === lake.database;
  const found = await findTable(ctx, database, name);
  const shared = { name: address, database, isOwn };
  if (!found) return isOwn ? findWithoutTable(ctx, name, shared) : undefined;
  const table = tableSummary(found);
  const zone = zoneOfLocation(table.location, lake);
  const hasFiles = isOwn && (await hasFileNotes(ctx, lake, table.dataset));
  return { ...shared, dataset: table.dataset, hasFiles, table, ...(zone ? { zone } : {}) };
}

async function findTable(ctx: Context, database: string, name: string): Promise<Table | undefined> {
  try {
    const { Table: table } = await ctx.aws.glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
    return table;
  } catch (error) {
    if (toAppError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function findWithoutTable(
  ctx: Context,
  name: string,
  shared: Pick<DatasetPage, 'name' | 'database' | 'isOwn'>,
): Promise<DatasetPage | undefined> {
  const { datasets } = await listDatasets(ctx);
  const dataset = datasets.find((each) => each.name === name);
  return dataset && { ...shared, dataset: name, hasFiles: dataset.hasFiles };
}

async function hasFileNotes(ctx: Context, { processedBucket }: Lake, dataset: string): Promise<boolean> {
  const { KeyCount = 0 } = await ctx.aws.s3.send(
    new ListObjectsV2Command({ Bucket: processedBucket, Prefix: `${FILE_NOTES}${dataset}/`, MaxKeys: 1 }),
  );
  return KeyCount > 0;
}
