import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { splitRawKey } from '@/lib/languages/contract/snake-case.ts';
import { listSavedQueries } from '@/lib/query';
import { listDatasets } from './list-datasets';
import { type DownstreamDataset, ListDownstream } from './schemas';

/**
 * Returns what follows from files of the raw zone, and so would change with them: their datasets' tables, computed ones
 * among them, and the saved queries that read those. A key that belongs to no dataset has nothing downstream.
 */
export async function listDownstream(ctx: Context, raw: ListDownstream): Promise<DownstreamDataset[]> {
  requirePermission(ctx, 'files:read');
  const { keys } = ListDownstream.parse(raw);
  const names = [...new Set(keys.flatMap((key) => splitRawKey(key)?.dataset ?? []))].sort();
  if (names.length === 0) return [];
  const [{ database, datasets }, queries] = await Promise.all([listDatasets(ctx), listSavedQueries(ctx)]);
  return names.map((name) => {
    const tables = datasets.find((dataset) => dataset.name === name)?.tables ?? [];
    const read = new Set(tables.map((table) => `${database}.${table.name}`));
    return {
      dataset: name,
      tables: tables.map(({ name: table, rows, sizeBytes }) => ({ name: table, rows, sizeBytes })),
      queries: queries
        .filter((query) => query.tables.some((table) => read.has(table)))
        .map(({ id, name: query, sql }) => ({ id, name: query, sql })),
    };
  });
}
