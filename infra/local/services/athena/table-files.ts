import type { HiddenColumn } from '../../../../lib/languages/trino-sql/query-names.ts';
import { SqlError } from '../../../../lib/languages/trino-sql/sql-error.ts';
import type { FileTable, TableColumn, TableFile } from '../../engine/task.ts';
import type { Catalog } from '../glue/catalog.ts';
import type { Column, Partition, Table } from '../glue/catalog-schemas.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { ObjectVersion } from '../s3/object-version.ts';
import { findS3Location, type S3Location } from './s3-location.ts';
import { tableFormat } from './table-format.ts';

/** A table as the engine reads it, and the object versions behind it, to be held while it does. */
export interface OpenTable {
  source: FileTable;
  versions: ObjectVersion[];
}

/** Where the files of a table are: one place, or one for each partition. */
export interface TablePlace extends S3Location {
  partition?: string[];
}

export function tablePlaces(table: Table, catalog: Catalog): TablePlace[] {
  const uri = table.StorageDescriptor?.Location;
  const root = findS3Location(uri);
  if (!root) {
    throw new SqlError(
      'HIVE_METASTORE_ERROR',
      `Table '${table.DatabaseName}.${table.Name}' has no location in S3: ${uri ?? 'none'}`,
    );
  }
  if (!table.PartitionKeys?.length) return [root];
  return catalog.listPartitions(table.DatabaseName, table.Name).map((partition) => ({
    ...(findS3Location(partition.StorageDescriptor?.Location) ?? {
      ...root,
      prefix: root.prefix + hivePath(table, partition),
    }),
    partition: partition.Values,
  }));
}

/** Lists the current files of a table: what a query sees from its start to its end. */
export function openTable(
  table: Table,
  places: TablePlace[],
  store: ObjectStore,
  hiddenColumns: HiddenColumn[],
): OpenTable {
  const versions: ObjectVersion[] = [];
  const files: TableFile[] = [];
  for (const place of places) {
    for (const version of filesOf(place, store)) {
      versions.push(version);
      files.push(tableFile(version, store, place.partition));
    }
  }
  const storage = table.StorageDescriptor ?? {};
  const source: FileTable = {
    type: 'files',
    schema: table.DatabaseName,
    name: table.Name,
    format: tableFormat(storage, table.Parameters),
    columns: (storage.Columns ?? []).map(tableColumn),
    partitionColumns: (table.PartitionKeys ?? []).map(tableColumn),
    files,
    hiddenColumns,
  };
  return { source, versions };
}

function filesOf(place: TablePlace, store: ObjectStore): ObjectVersion[] {
  if (!store.findBucket(place.bucket)) {
    throw new SqlError(
      'HIVE_METASTORE_ERROR',
      `The bucket of the table's location does not exist: s3://${place.bucket}/${place.prefix}`,
    );
  }
  return store.list(place.bucket, place.prefix).filter((version) => isData(version, place.prefix));
}

/** Hive reads neither empty files nor those whose name, or a folder above it, begins with `_` or `.`. */
function isData(version: ObjectVersion, prefix: string): boolean {
  const path = version.key.slice(prefix.length);
  return version.size > 0 && path !== '' && !path.endsWith('/') && !/(^|\/)[._]/.test(path);
}

function tableFile(version: ObjectVersion, store: ObjectStore, partition: string[] | undefined): TableFile {
  const suffix = /\.(gz|zst)$/i.exec(version.key)?.[1]?.toLowerCase();
  const other = /\.(bz2|lz4|lzo|snappy|deflate|orc|avro)$/i.exec(version.key)?.[1];
  if (other)
    throw new SqlError(
      'HIVE_UNSUPPORTED_FORMAT',
      `Files of ${other.toLowerCase()} are not supported by the local lake: s3://${version.bucket}/${version.key}`,
    );
  return {
    path: store.path(version),
    uri: `s3://${version.bucket}/${version.key}`,
    sizeBytes: version.size,
    modifiedAt: version.lastModified,
    compression: suffix === 'gz' ? 'gzip' : suffix === 'zst' ? 'zstd' : undefined,
    partition,
  };
}

export function tableColumn(column: Column): TableColumn {
  return { name: column.Name.toLowerCase(), type: column.Type ?? 'string' };
}

function hivePath(table: Table, partition: Partition): string {
  return `${(table.PartitionKeys ?? []).map((key, index) => `${key.Name}=${partition.Values[index]}`).join('/')}/`;
}
