import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '@aws-sdk/client-glue';
import type { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import { pinnedParameter } from '@/lib/languages/crawl/pin.ts';
import { type CurrentTable, diffTable } from '@/lib/languages/crawl/table-diff.ts';
import { crawlScopes } from './crawl-scope';
import { PlanReading } from './plan-reading';
import { readPlan, selectFiles } from './read-plan';
import { type FolderPlan, type PlannedChange, PlanSource, type PlanStep } from './schemas';

const SHOWN_PARTITIONS = 5;
const SHOWN_FILES = 100;

/** How often the person hears how far it is. */
const STEP_MS = 200;

/**
 * Says what a crawl would make of a folder, or of a crawler's targets, and changes nothing: AWS has no dry run, so the
 * files are read here, as the person's role. Whoever asks for no further step stops the reading.
 */
export async function* planFolder(ctx: Context, raw: PlanSource): AsyncGenerator<PlanStep> {
  requirePermission(ctx, 'crawlers:read');
  const source = PlanSource.parse(raw);
  const stop = new AbortController();
  const reading = new PlanReading(stop.signal);
  const work = makePlan(ctx, source, reading);
  work.catch(() => undefined);
  try {
    let plan: FolderPlan | undefined;
    while (!plan) {
      plan = await Promise.race([work, sleep(STEP_MS, undefined)]);
      yield plan ? { plan } : { progress: { ...reading.progress } };
    }
  } finally {
    stop.abort();
  }
}

async function makePlan(ctx: Context, source: z.output<typeof PlanSource>, reading: PlanReading): Promise<FolderPlan> {
  const { database, scopes, tables } = await crawlScopes(ctx, source);
  const chosen = [];
  // All are listed before any is read: how far the reading is would else be said of a part.
  for (const scope of scopes) chosen.push({ scope, selection: await selectFiles(ctx, scope, reading) });
  const plans = [];
  for (const { scope, selection } of chosen) plans.push(await readPlan(ctx, scope, selection, reading));
  const files = plans.flatMap((plan) => plan.files);
  return {
    database,
    places: scopes.map(({ bucket, prefix }) => `s3://${bucket}/${prefix}`),
    changes: plans.flatMap((plan) => plan.tables).map((table) => changeOf(table, tables)),
    files: files.slice(0, SHOWN_FILES),
    fileCount: files.length,
    reasons: plans.flatMap(({ reasons }) => reasons),
  };
}

function changeOf(planned: PlannedTable, tables: Table[]): PlannedChange {
  const current = tableAt(tables, planned.location);
  return {
    table: { ...planned, partitions: planned.partitions.slice(0, SHOWN_PARTITIONS) },
    partitionCount: planned.partitions.length,
    diff: diffTable(current && currentTable(current), planned),
    isPinned: current?.Parameters?.[pinnedParameter] === 'true',
  };
}

/** The table whose files are at a place. */
export function tableAt(tables: Table[], location: string): Table | undefined {
  const at = location.replace(/\/$/, '');
  return tables.find(({ StorageDescriptor }) => StorageDescriptor?.Location?.replace(/\/$/, '') === at);
}

function currentTable({ Name = '', StorageDescriptor, PartitionKeys = [] }: Table): CurrentTable {
  const columns = (list: { Name: string | undefined; Type?: string | undefined }[]) =>
    list.map((column) => ({ name: column.Name ?? '', type: column.Type ?? 'string' }));
  return {
    name: Name,
    location: StorageDescriptor?.Location ?? '',
    columns: columns(StorageDescriptor?.Columns ?? []),
    partitionKeys: columns(PartitionKeys),
    library: StorageDescriptor?.SerdeInfo?.SerializationLibrary,
  };
}
