import 'server-only';
import type { Table } from '@aws-sdk/client-glue';
import { type Context, requirePermission } from '@/lib/auth';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import { pinnedParameter } from '@/lib/languages/crawl/pin.ts';
import { type CurrentTable, diffTable } from '@/lib/languages/crawl/table-diff.ts';
import { crawlScopes } from './crawl-scope';
import { readPlan } from './read-plan';
import { type FolderPlan, type PlannedChange, PlanSource } from './schemas';

const SHOWN_PARTITIONS = 5;
const SHOWN_FILES = 100;

/**
 * Says what a crawl would make of a folder, or of a crawler's targets, and changes nothing: AWS has no dry run, so the
 * files are read here, as the person's role.
 */
export async function planFolder(ctx: Context, raw: PlanSource): Promise<FolderPlan> {
  requirePermission(ctx, 'crawlers:read');
  const { database, scopes, tables } = await crawlScopes(ctx, PlanSource.parse(raw));
  const plans = [];
  for (const scope of scopes) plans.push(await readPlan(ctx, scope));
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
