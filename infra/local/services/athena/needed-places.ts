import type { TableScan } from '../../engine/task.ts';
import type { Table } from '../glue/catalog-schemas.ts';
import { projectedPlaces } from './partition-projection.ts';
import type { PlanOptions } from './query-plan.ts';
import { type TablePlace, tableColumn } from './table-files.ts';

/** Where the files are that a query can need: of a partitioned table, the partitions that its filters leave. */
export async function neededPlaces(
  table: Table,
  scans: TableScan[],
  { access, engine, signal }: Pick<PlanOptions, 'access' | 'engine' | 'signal'>,
): Promise<TablePlace[]> {
  const columns = (table.PartitionKeys ?? []).map(tableColumn);
  const places = projectedPlaces(table, scans) ?? access.placesOf(table);
  if (columns.length === 0 || places.length === 0) return places;
  const names = new Set(columns.map((column) => column.name));
  const own = scans.map(({ alias, filters }) => ({
    alias,
    filters: filters.filter((filter) => usesOnly(filter, alias, names)),
  }));
  if (own.some((scan) => scan.filters.length === 0)) return places;
  const partitions = places.map((place) => place.partition ?? []);
  const { needed } = await engine.run({ type: 'prune', columns, partitions, scans: own }, { signal });
  return needed.flatMap((index) => places[index] ?? []);
}

function usesOnly(filter: string, alias: string, names: Set<string>): boolean {
  const used = filter.matchAll(new RegExp(`\\b${alias}\\."((?:[^"]|"")*)"`, 'g'));
  return [...used].every(([, name]) => names.has((name as string).replaceAll('""', '"')));
}
