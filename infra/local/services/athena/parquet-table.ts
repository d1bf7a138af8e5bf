import type { TableColumn } from '../../engine/task.ts';

/** The storage of a Parquet table, as Athena and Glue describe it. */
export function parquetStorage(columns: TableColumn[], location: string) {
  return {
    Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
    Location: location,
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: {
      SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      Parameters: { 'serialization.format': '1' },
    },
  };
}

/** Glue takes at most this many partitions at once. */
const BATCH = 100;

/** Adds partitions to a table through Glue, as the caller; those that are there already stay. */
export async function addPartitions(
  glue: (operation: string, input: object) => Promise<unknown>,
  table: { DatabaseName: string; TableName: string },
  partitions: { values: string[]; storage: object }[],
): Promise<void> {
  for (let from = 0; from < partitions.length; from += BATCH) {
    const inputs = partitions.slice(from, from + BATCH);
    const PartitionInputList = inputs.map(({ values, storage }) => ({ Values: values, StorageDescriptor: storage }));
    await glue('BatchCreatePartition', { ...table, PartitionInputList });
  }
}
