import 'server-only';
import type { Table } from '@aws-sdk/client-glue';
import { glueFilter } from '@/lib/languages/trino-sql/cost/glue-filter.ts';
import { namedValues } from '@/lib/languages/trino-sql/cost/named-values.ts';
import { type PartitionKey, partitionTest } from '@/lib/languages/trino-sql/cost/partition-test.ts';
import type { TableScan } from '@/lib/languages/trino-sql/cost/scan-scope.ts';
import {
  isProjected,
  type ProjectedTable,
  projectedPartitions,
  projectedRoot,
} from '@/lib/languages/trino-sql/projection/projected-partitions.ts';
import { WrongProjection } from '@/lib/languages/trino-sql/projection/wrong-projection.ts';
import type { CatalogReader } from './catalog-reader';
import type { Place } from './file-reader';
import { UnknownCost } from './unknown-cost';

export interface NeededPlaces {
  /** The folder that the table, or what its properties project, is in. */
  root: Place;
  places: { values: string[]; place: Place }[];
}

/** Where the files are that a scan needs: of a partitioned table, the partitions that its conditions leave. */
export async function neededPlaces(
  scan: TableScan,
  table: Table,
  keys: PartitionKey[],
  { catalog, now }: { catalog: CatalogReader; now: Date },
): Promise<NeededPlaces> {
  const { name } = scan.table;
  const location = table.StorageDescriptor?.Location;
  const today = now.toISOString().slice(0, 10);
  const projected = {
    name,
    properties: table.Parameters ?? {},
    location: location ?? '',
    keys: keys.map((key) => key.name),
  };
  if (isProjected(projected)) {
    const places = projectedPlaces(scan, projected, keys, now);
    return { root: placeOf(projectedRoot(projected), name), places };
  }
  const root = placeOf(location, name);
  if (keys.length === 0) return { root, places: [{ values: [], place: root }] };
  const [database = '', tableName = ''] = name.split('.');
  const all = await catalog.listPartitions(database, tableName, glueFilter(scan.filters, keys));
  const isNeeded = partitionTest(scan.filters, keys, today);
  const places = all
    .filter(({ Values = [] }) => isNeeded(Values))
    .map(({ Values: values = [], StorageDescriptor }) => ({
      values,
      place: placeOf(StorageDescriptor?.Location, name),
    }));
  return { root, places };
}

function projectedPlaces(
  scan: TableScan,
  projected: ProjectedTable,
  keys: PartitionKey[],
  now: Date,
): NeededPlaces['places'] {
  const isNeeded = partitionTest(scan.filters, keys, now.toISOString().slice(0, 10));
  const named = namedValues(scan.filters);
  try {
    const partitions = projectedPartitions(projected, {
      named,
      now,
      isNeeded: (column, value) => isNeeded(keys.map((_, index) => (index === column ? value : undefined))),
    });
    return partitions
      .filter(({ values }) => isNeeded(values))
      .map(({ values, uri }) => ({ values, place: placeOf(uri, projected.name) }));
  } catch (error) {
    if (!(error instanceof WrongProjection)) throw error;
    const why = error.code === 'CONSTRAINT_VIOLATION' ? 'injected' : 'projection';
    throw new UnknownCost(why, error.subject, error);
  }
}

function placeOf(location: string | undefined, table: string): Place {
  const [, bucket, path = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(location ?? '') ?? [];
  if (!bucket) throw new UnknownCost('format', table);
  return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}
