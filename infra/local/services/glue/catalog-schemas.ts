/**
 * The catalog's shapes on the wire and at rest: https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html
 * Times are kept in milliseconds and leave the lake as seconds, which is what JSON 1.1 wants.
 */
import { z } from 'zod';

/** Glue folds the names of databases and tables to lower case; Athena depends on it. */
export const CatalogName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\n\r\t/]+$/, 'must be a single line without a slash')
  .transform((name) => name.toLowerCase());

const Parameters = z.record(z.string(), z.string());

export const Column = z.object({
  Name: z.string().min(1).max(255),
  Type: z.string().max(131_072).optional(),
  Comment: z.string().max(255).optional(),
  Parameters: Parameters.optional(),
});
export type Column = z.infer<typeof Column>;

export const StorageDescriptor = z.object({
  Columns: z.array(Column).optional(),
  Location: z.string().max(2056).optional(),
  AdditionalLocations: z.array(z.string()).optional(),
  InputFormat: z.string().optional(),
  OutputFormat: z.string().optional(),
  Compressed: z.boolean().optional(),
  NumberOfBuckets: z.number().optional(),
  SerdeInfo: z
    .object({
      Name: z.string().optional(),
      SerializationLibrary: z.string().optional(),
      Parameters: Parameters.optional(),
    })
    .optional(),
  BucketColumns: z.array(z.string()).optional(),
  SortColumns: z.array(z.object({ Column: z.string(), SortOrder: z.number() })).optional(),
  Parameters: Parameters.optional(),
  SkewedInfo: z
    .object({
      SkewedColumnNames: z.array(z.string()).optional(),
      SkewedColumnValues: z.array(z.string()).optional(),
      SkewedColumnValueLocationMaps: Parameters.optional(),
    })
    .optional(),
  StoredAsSubDirectories: z.boolean().optional(),
});
export type StorageDescriptor = z.infer<typeof StorageDescriptor>;

export const DatabaseInput = z.object({
  Name: CatalogName,
  Description: z.string().max(2048).optional(),
  LocationUri: z.string().min(1).max(1024).optional(),
  Parameters: Parameters.optional(),
});
export type DatabaseInput = z.infer<typeof DatabaseInput>;

const TargetTable = z.object({
  CatalogId: z.string().optional(),
  DatabaseName: z.string().optional(),
  Name: z.string().optional(),
  Region: z.string().optional(),
});

export const TableInput = z.object({
  Name: CatalogName,
  Description: z.string().max(2048).optional(),
  Owner: z.string().optional(),
  LastAccessTime: z.number().optional(),
  LastAnalyzedTime: z.number().optional(),
  Retention: z.number().min(0).optional(),
  StorageDescriptor: StorageDescriptor.optional(),
  PartitionKeys: z.array(Column).optional(),
  ViewOriginalText: z.string().max(409_600).optional(),
  ViewExpandedText: z.string().max(409_600).optional(),
  TableType: z.string().max(255).optional(),
  Parameters: Parameters.optional(),
  TargetTable: TargetTable.optional(),
});
export type TableInput = z.infer<typeof TableInput>;

export const PartitionInput = z.object({
  Values: z.array(z.string().max(1024)),
  LastAccessTime: z.number().optional(),
  LastAnalyzedTime: z.number().optional(),
  StorageDescriptor: StorageDescriptor.optional(),
  Parameters: Parameters.optional(),
});
export type PartitionInput = z.infer<typeof PartitionInput>;

export interface Database extends DatabaseInput {
  createdAt: number;
}

export interface Table extends TableInput {
  DatabaseName: string;
  /** `0` when created, one more with each update. */
  VersionId: string;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
}

export interface Partition extends PartitionInput {
  DatabaseName: string;
  TableName: string;
  createdAt: number;
}
