import 'server-only';
import { GetTablesCommand, type Table } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { can } from '@/lib/auth/permissions';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { findDataset, listDatasets } from '@/lib/catalog';
import { datasetAddress } from '@/lib/catalog/dataset-address';
import type { TableSummary } from '@/lib/catalog/schemas';
import { AppError } from '@/lib/errors';
import { listSavedQueries } from '@/lib/query';
import { readView } from '@/lib/query/cost/read-view';
import { tablesOf } from '@/lib/query/saved/saved-row';
import { buildLineage, type Known } from './build-lineage';
import { lineageRun } from './lineage-run';
import { type EventKey, listNewestEvents, readEvent } from './list-events';
import { GetLineage, type Lineage } from './schemas';

const RUNS_SHOWN = 12;
const FILES_SHOWN = 5;
const FILES_COUNTED = 5_000;

/** Returns what a table is made of and what is made of it: files, runs, tables, views and saved queries. */
export async function getLineage(ctx: Context, raw: GetLineage): Promise<Lineage> {
  requirePermission(ctx, 'datasets:read');
  const { name } = GetLineage.parse(raw);
  const page = await findDataset(ctx, { name });
  if (!page) throw new AppError('NOT_FOUND', `There is no table and no dataset ${name}.`);
  const { database, dataset, isOwn, table } = page;
  const tables = isOwn ? await tablesOfDataset(ctx, dataset) : table ? [table] : [];
  const [{ database: own }, files, events, views, queries] = await Promise.all([
    getLake(),
    countFiles(ctx, dataset, tables[0]),
    isOwn ? readRuns(ctx, dataset) : { runs: [], complete: undefined },
    listViews(ctx, database),
    // Who may not see queries sees the rest.
    can(ctx.role, 'queries:read') ? listSavedQueries(ctx) : [],
  ]);
  return buildLineage({
    name: table?.name ?? dataset,
    dataset,
    database,
    addressOf: (place) => datasetAddress(place, own),
    tables,
    views,
    queries: queries.map(({ id, name: query, owner, tables }) => ({
      id,
      name: query,
      ...(owner && { owner: owner.name }),
      tables,
    })),
    files: { ...files, prefix: rawFolder(events.runs) ?? files.prefix },
    ...events,
  });
}

async function tablesOfDataset(ctx: Context, name: string): Promise<TableSummary[]> {
  const { datasets } = await listDatasets(ctx);
  return datasets.find((dataset) => dataset.name === name)?.tables ?? [];
}

/** `Sales 2026/` for the dataset `sales_2026`: only the files themselves know how their folder is written. */
function rawFolder(runs: Known['runs']): string | undefined {
  const key = runs.find(({ file }) => file)?.file;
  return key?.slice(0, key.indexOf('/') + 1);
}

/** The newest event of each of the last runs, and the last run that went well, however long ago within what was listed. */
async function readRuns(ctx: Context, dataset: string): Promise<Pick<Known, 'runs' | 'complete'>> {
  const keys = await listNewestEvents(ctx, dataset);
  const newest = new Map<string, EventKey>();
  for (const key of keys) if (key.type !== 'START' || !newest.has(key.runId)) newest.set(key.runId, key);
  const shown = [...newest.values()].sort((a, b) => b.at - a.at).slice(0, RUNS_SHOWN);
  const lastGood = keys.findLast(({ type }) => type === 'COMPLETE');
  const [complete, ...events] = await Promise.all([
    lastGood && readEvent(ctx, lastGood.key),
    ...shown.map(({ key }) => readEvent(ctx, key)),
  ]);
  return { complete, runs: events.flatMap((event) => (event ? [lineageRun(event)] : [])) };
}

/** The files whose rows are in the table: the processed zone has a folder for each. */
async function countFiles(ctx: Context, dataset: string, table: TableSummary | undefined): Promise<Known['files']> {
  const { processedBucket, rawBucket } = await getLake();
  const [, bucket = processedBucket, prefix = `${dataset}/`] =
    /^s3:\/\/([^/]+)\/(.*)$/.exec(table?.location ?? '') ?? [];
  const { items, isTruncated } = await collectPages(async (token) => {
    const page = await ctx.aws.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    return { items: page.Contents, next: page.NextContinuationToken };
  }, FILES_COUNTED);
  const isPiped = table?.dataset === dataset && bucket === processedBucket;
  const folders = new Map<string, { sizeBytes: number; at: number }>();
  for (const { Key = '', Size = 0, LastModified } of items) {
    const rest = Key.slice(prefix.length);
    const file = isPiped ? rest.slice(0, Math.max(0, rest.lastIndexOf('/'))) : rest;
    if (!file || file.endsWith('/')) continue;
    const known = folders.get(file);
    const at = Math.max(known?.at ?? 0, LastModified?.getTime() ?? 0);
    folders.set(file, { sizeBytes: (known?.sizeBytes ?? 0) + Size, at });
  }
  const newest = [...folders].sort(([, a], [, b]) => b.at - a.at).slice(0, FILES_SHOWN);
  return {
    bucket: isPiped ? rawBucket : bucket,
    prefix: isPiped ? `${dataset}/` : prefix,
    count: folders.size,
    isMore: isTruncated,
    sizeBytes: [...folders.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    newest: newest.map(([file, { at }]) => ({ file, at })),
  };
}

async function listViews(ctx: Context, database: string): Promise<Known['views']> {
  const { items } = await collectPages(async (token) => {
    const page = await ctx.aws.glue.send(new GetTablesCommand({ DatabaseName: database, NextToken: token }));
    return { items: page.TableList, next: page.NextToken };
  });
  return items.flatMap((table: Table) => {
    const view = readView(table);
    return view ? [{ name: table.Name ?? '', reads: tablesOf(view.sql, view.database) }] : [];
  });
}
