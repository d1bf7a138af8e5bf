import 'server-only';
import { GetTableVersionsCommand, type TableVersion } from '@aws-sdk/client-glue';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { findWriters, writerKey } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import { findRunsOfFiles } from '@/lib/runs';
import { listAllVersions } from '@/lib/storage';
import { contractEvents } from './contract-events';
import { type FileEvent, fileEvents, rejectedEvents } from './file-events';
import { listDatasets } from './list-datasets';
import { type DatasetHistory, type HistoryEvent, ListDatasetHistory } from './schemas';
import { newestFirst } from './table-at';
import { tableEvents } from './table-events';

/** Ten requests of S3's; its lists go by name and not by time, so that the newest are known only once all are. */
const MAX_VERSIONS = 10_000;
const PAGE_EVENTS = 50;
const ASKED_AT_ONCE = 10;

/**
 * Returns what happened to a dataset, newest first, a page at a time: to its files, to its tables in the catalog, and to
 * its contract. Who did it and what run it caused is asked for the page's events alone.
 */
export async function listDatasetHistory(ctx: Context, raw: ListDatasetHistory): Promise<DatasetHistory> {
  requirePermission(ctx, 'files:read');
  const { dataset, after } = ListDatasetHistory.parse(raw);
  const prefix = `${dataset}/`;
  const [files, rejected, { datasets }, contracts] = await Promise.all([
    listAllVersions(ctx, { zone: 'raw', prefix }, MAX_VERSIONS),
    listAllVersions(ctx, { zone: 'quarantine', prefix }, MAX_VERSIONS),
    listDatasets(ctx),
    contractEvents(ctx, dataset),
  ]);
  const tables = datasets.find(({ name }) => name === dataset)?.tables.map(({ name }) => name) ?? [];
  const ofTables = await withLimit(tables, ASKED_AT_ONCE, (table) => eventsOfTable(ctx, table));
  const events: HistoryEvent[] = [
    ...fileEvents(files.versions),
    ...rejectedEvents(rejected.versions),
    ...ofTables.flat(),
    ...contracts,
  ].sort((a, b) => b.at - a.at);
  const page = events.slice(after, after + PAGE_EVENTS);
  return {
    dataset,
    tables,
    events: await withCauses(ctx, page),
    total: events.length,
    ...(events.length > after + PAGE_EVENTS ? { next: after + PAGE_EVENTS } : {}),
    ...(files.isCut || rejected.isCut ? { lookedAt: MAX_VERSIONS } : {}),
  };
}

async function eventsOfTable(ctx: Context, table: string): Promise<HistoryEvent[]> {
  const { database } = await getLake();
  try {
    const { items } = await collectPages<TableVersion>(async (NextToken) => {
      const page = await ctx.aws.glue.send(
        new GetTableVersionsCommand({ DatabaseName: database, TableName: table, NextToken }),
      );
      return { items: page.TableVersions, next: page.NextToken };
    });
    return tableEvents(newestFirst(items));
  } catch (error) {
    // Dropped since it was listed.
    if (toAppError(error).code === 'NOT_FOUND') return [];
    throw error;
  }
}

/** Adds who made each version of a file, and the run that it caused. */
async function withCauses(ctx: Context, page: readonly HistoryEvent[]): Promise<HistoryEvent[]> {
  const { rawBucket } = await getLake();
  const files = page.filter((event) => event.type === 'file');
  const sources = await withLimit(files, ASKED_AT_ONCE, (event) => sourceOf(ctx, event));
  const subjectOf = (key: string) => `s3://${rawBucket}/${key}`;
  const [runs, writers] = await Promise.all([
    findRunsOfFiles(ctx, sources),
    findWriters(sources.map(({ key }) => subjectOf(key))),
  ]);
  const told = new Map(
    files.map((event, index): [HistoryEvent, HistoryEvent] => {
      const { key, versionId } = sources[index] as { key: string; versionId: string };
      const by = writers.get(writerKey(subjectOf(key), versionId))?.email;
      const run = runs[index];
      return [event, { ...event, ...(by ? { by } : {}), ...(run ? { run } : {}) }];
    }),
  );
  return page.map((event) => told.get(event) ?? event);
}

/** The raw zone's version: a rejected one is another in quarantine, which notes where it came from. */
async function sourceOf(
  ctx: Context,
  { kind, key, versionId }: FileEvent,
): Promise<{ key: string; versionId: string }> {
  if (kind !== 'rejected') return { key, versionId };
  const { quarantineBucket } = await getLake();
  const head = await ctx.aws.s3.send(
    new HeadObjectCommand({ Bucket: quarantineBucket, Key: key, VersionId: versionId }),
  );
  return { key, versionId: head.Metadata?.['source-version'] ?? versionId };
}
