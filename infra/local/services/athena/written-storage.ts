import type { TableColumn, WrittenFormat } from '../../engine/task.ts';
import { parquetStorage } from './parquet-table.ts';

/** The storage of a table whose files are written here, as Glue describes it. */
export function writtenStorage(files: WrittenFormat, columns: TableColumn[], location: string) {
  if (files.type === 'parquet') return parquetStorage(columns, location);
  const serde =
    files.type === 'json'
      ? { SerializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe', Parameters: { 'serialization.format': '1' } }
      : {
          SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
          Parameters: { 'serialization.format': files.delimiter, 'field.delim': files.delimiter },
        };
  return {
    Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
    Location: location,
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    SerdeInfo: serde,
  };
}
