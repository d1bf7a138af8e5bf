/** A planned table as the catalog's entry, as Glue's crawlers write it. */
import type { PlannedTable } from './crawl-plan.ts';

export interface CrawledTableInput {
  Name: string;
  Owner: string;
  TableType: 'EXTERNAL_TABLE';
  Retention: number;
  PartitionKeys: { Name: string; Type: string }[];
  Parameters: Record<string, string>;
  StorageDescriptor: CrawledStorage;
}

export interface CrawledStorage {
  Columns: { Name: string; Type: string; Comment?: string }[];
  Location: string;
  InputFormat: string;
  OutputFormat: string;
  Compressed: boolean;
  NumberOfBuckets: number;
  SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
  BucketColumns: string[];
  SortColumns: [];
  Parameters: Record<string, string>;
  StoredAsSubDirectories: boolean;
}

/** @param crawler who is written to have made it; left out where a person did. */
export function tableInput(table: PlannedTable, crawler?: string): CrawledTableInput {
  const parameters = { ...statistics(table), ...table.parameters };
  return {
    Name: table.name,
    Owner: 'owner',
    TableType: 'EXTERNAL_TABLE',
    Retention: 0,
    PartitionKeys: table.partitionKeys.map(({ name, type }) => ({ Name: name, Type: type })),
    Parameters: {
      CrawlerSchemaDeserializerVersion: '1.0',
      CrawlerSchemaSerializerVersion: '1.0',
      ...(crawler ? { UPDATED_BY_CRAWLER: crawler } : {}),
      EXTERNAL: 'TRUE',
      ...parameters,
    },
    StorageDescriptor: storage(table, parameters),
  };
}

function storage(table: PlannedTable, parameters: Record<string, string>): CrawledStorage {
  const { serde, columns, compression, location } = table;
  return {
    Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
    Location: location,
    InputFormat: serde.input,
    OutputFormat: serde.output,
    Compressed: compression !== 'none',
    NumberOfBuckets: -1,
    SerdeInfo: { SerializationLibrary: serde.library, Parameters: serde.parameters },
    BucketColumns: [],
    SortColumns: [],
    Parameters: parameters,
    StoredAsSubDirectories: false,
  };
}

function statistics({ classification, compression, files }: PlannedTable): Record<string, string> {
  return {
    classification,
    compressionType: compression,
    typeOfData: 'file',
    objectCount: String(files.count),
    recordCount: String(files.rows),
    averageRecordSize: String(files.rows === 0 ? 0 : Math.round(files.sizeBytes / files.rows)),
    sizeKey: String(files.sizeBytes),
  };
}
