import {
  isProjected,
  projectedPartitions,
} from '../../../../lib/languages/trino-sql/projection/projected-partitions.ts';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { TableScan } from '../../engine/task.ts';
import type { Table } from '../glue/catalog-schemas.ts';
import { findS3Location } from './s3-location.ts';
import type { TablePlace } from './table-files.ts';

/** The partitions that a table's properties tell of instead of the catalog; undefined for a table without projection. */
export function projectedPlaces(table: Table, scans: TableScan[]): TablePlace[] | undefined {
  const projected = {
    name: `${table.DatabaseName}.${table.Name}`,
    properties: table.Parameters ?? {},
    location: table.StorageDescriptor?.Location ?? '',
    keys: (table.PartitionKeys ?? []).map((key) => key.Name.toLowerCase()),
  };
  if (!isProjected(projected)) return undefined;
  const named = (column: string) => {
    const values = scans.map((scan) => scan.values[column]);
    return values.includes(undefined) ? undefined : values.flatMap((each) => each ?? []);
  };
  return projectedPartitions(projected, { named, now: new Date() }).map(({ values, uri }) => {
    const place = findS3Location(uri);
    if (!place) throw new SqlError('INVALID_TABLE_PROPERTY', `storage.location.template is not an S3 path: ${uri}`);
    return { ...place, partition: values };
  });
}
