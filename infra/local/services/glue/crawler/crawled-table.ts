/** The catalog's entry of a folder, as Glue's built-in classifiers make it. */
import type { FileFormat } from '../../../../../lib/languages/contract/format.ts';
import type { StorageDescriptor, TableInput } from '../catalog-schemas.ts';
import type { FolderDescription } from './describe-folder.ts';
import type { TableFolder } from './table-folders.ts';

export interface CrawledTable {
  folder: TableFolder;
  description: FolderDescription;
  name: string;
  crawlerName: string;
}

export function tableInput({ folder, description, name, crawlerName }: CrawledTable): TableInput {
  const parameters = statistics(folder, description);
  return {
    Name: name,
    Owner: 'owner',
    TableType: 'EXTERNAL_TABLE',
    Retention: 0,
    PartitionKeys: folder.partitionKeys.map((Name) => ({ Name, Type: 'string' })),
    Parameters: {
      CrawlerSchemaDeserializerVersion: '1.0',
      CrawlerSchemaSerializerVersion: '1.0',
      UPDATED_BY_CRAWLER: crawlerName,
      ...parameters,
      ...headerParameters(description.format),
    },
    StorageDescriptor: storage(description, locationOf(folder), parameters),
  };
}

export const locationOf = ({ bucket, prefix }: Pick<TableFolder, 'bucket' | 'prefix'>): string =>
  `s3://${bucket}/${prefix}`;

/** Where a partition is: the table's folder and its `key=value` folders, as they are spelled in the keys. */
export function partitionLocation({ bucket, prefix, partitionKeys }: TableFolder, key: string): string {
  const parts = key.slice(prefix.length).split('/').slice(0, -1);
  const last = parts.findLastIndex((part) => part.includes('='));
  return `s3://${bucket}/${prefix}${parts.slice(0, partitionKeys.length === 0 ? 0 : last + 1).join('/')}/`;
}

function statistics({ files }: TableFolder, { format, rows }: FolderDescription): Record<string, string> {
  const sizeBytes = files.reduce((sum, { version }) => sum + version.size, 0);
  return {
    classification: format.type === 'combined-log' ? 'combinedapache' : format.type,
    compressionType: 'compression' in format && format.compression ? format.compression : 'none',
    typeOfData: 'file',
    objectCount: String(files.length),
    recordCount: String(rows),
    averageRecordSize: String(rows === 0 ? 0 : Math.round(sizeBytes / rows)),
    sizeKey: String(sizeBytes),
  };
}

function headerParameters(format: FileFormat): Record<string, string> {
  if (format.type !== 'csv') return {};
  return {
    delimiter: format.delimiter,
    'skip.header.line.count': '1',
    columnsOrdered: 'true',
    areColumnsQuoted: 'false',
  };
}

function storage(
  { format, columns, isQuoted }: FolderDescription,
  location: string,
  parameters: Record<string, string>,
): StorageDescriptor {
  const serde = serdes(format, isQuoted);
  return {
    Columns: columns.map(({ name, type }) => ({ Name: name, Type: serde.typeOf?.(type) ?? type })),
    Location: location,
    InputFormat: serde.input,
    OutputFormat: serde.output,
    Compressed: 'compression' in format && format.compression !== undefined,
    NumberOfBuckets: -1,
    SerdeInfo: { SerializationLibrary: serde.library, Parameters: serde.parameters },
    BucketColumns: [],
    SortColumns: [],
    Parameters: parameters,
    StoredAsSubDirectories: false,
  };
}

interface Serde {
  library: string;
  parameters: Record<string, string>;
  input: string;
  output: string;
  typeOf?: (type: string) => string;
}

const textFiles = {
  input: 'org.apache.hadoop.mapred.TextInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

function serdes(format: FileFormat, isQuoted: boolean): Serde {
  if (format.type === 'parquet') {
    return {
      library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      parameters: { 'serialization.format': '1' },
      input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    };
  }
  if (format.type === 'json') {
    return { ...textFiles, library: 'org.openx.data.jsonserde.JsonSerDe', parameters: { 'serialization.format': '1' } };
  }
  if (format.type === 'combined-log') {
    return {
      ...textFiles,
      library: 'com.amazonaws.glue.serde.GrokSerDe',
      parameters: { 'input.format': '%{COMBINEDAPACHELOG}' },
    };
  }
  const delimiter = format.type === 'csv' ? format.delimiter : ',';
  if (!isQuoted) {
    return {
      ...textFiles,
      library: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
      parameters: { 'field.delim': delimiter },
    };
  }
  return {
    ...textFiles,
    library: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
    parameters: { separatorChar: delimiter, quoteChar: '"', escapeChar: '\\' },
    // This SerDe reads dates and times as numbers only: https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
    typeOf: (type) => (type === 'date' || type === 'timestamp' || type.startsWith('decimal') ? 'string' : type),
  };
}
