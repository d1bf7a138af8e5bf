import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import { DATA_CATALOG } from '../catalog-access.ts';
import { addPartitions } from '../parquet-table.ts';
import { findS3Location, type S3Location } from '../s3-location.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { writtenStorage } from '../written-storage.ts';
import { listing } from './listing.ts';
import {
  asTableColumns,
  checkProperties,
  describeQuery,
  type Writing,
  type Written,
  writeQuery,
  writtenFormat,
} from './write-query.ts';

/** https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
export async function createTableAs(
  statement: Extract<Statement, { type: 'CREATE_TABLE_AS_SELECT' }>,
  context: StatementContext,
): Promise<Outcome> {
  const { table, properties } = statement;
  const database = context.access.getDatabase(table, context.execution.database);
  if (context.catalog.findTable(database.Name, table.name)) {
    if (statement.ifNotExists) return listing(['rows']);
    throw new SqlError(
      'TABLE_ALREADY_EXISTS',
      `Destination table '${DATA_CATALOG}.${database.Name}.${table.name}' already exists`,
    );
  }
  checkProperties(properties);
  const files = writtenFormat(properties);
  const columns = asTableColumns(await describeQuery(statement.query, context));
  const partitionBy = partitionColumns(
    properties.partitioned_by,
    columns.map((column) => column.name),
  );
  const place = emptyPlace(properties.external_location ?? properties.location, context);
  const writing: Writing = {
    query: statement.query,
    columns,
    partitionBy,
    files,
    place,
  };
  const written = statement.withData ? await writeQuery(writing, context) : undefined;
  await register(table.name, database.Name, writing, written, context);
  const { scannedBytes = 0, planningMs = 0, engineMs = 0, rowCount: updateCount } = written ?? {};
  const spent = { scannedBytes, planningMs, engineMs };
  return { ...listing(['rows']), ...spent, updateCount, written: written?.files };
}

/** Partition columns must be the last ones, in the same order. */
function partitionColumns(asked: string | string[] | undefined, columns: string[]): string[] {
  const names = [asked ?? []].flat().map((name) => name.toLowerCase());
  const last = columns.slice(columns.length - names.length);
  if (names.length >= columns.length && names.length > 0) {
    throw new SqlError('INVALID_TABLE_PROPERTY', 'Table contains only partition columns');
  }
  if (names.join() !== (names.length === 0 ? '' : last.join())) {
    const message = `Partition keys must be the last columns in the table and in the same order as the table properties: ${JSON.stringify(names)}`;
    throw new SqlError('HIVE_COLUMN_ORDER_MISMATCH', message);
  }
  return names;
}

/** Where the files go: where the statement says, or in a folder beside the result. There must be nothing yet. */
function emptyPlace(asked: string | string[] | undefined, { execution, store }: StatementContext): S3Location {
  const { bucket, key } = execution.output;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const place =
    asked === undefined ? { bucket, prefix: `${folder}tables/${execution.id}/` } : findS3Location(String(asked));
  if (!place) throw new SqlError('INVALID_TABLE_PROPERTY', `external_location is not an S3 path: ${asked}`);
  if (store.findBucket(place.bucket) && store.list(place.bucket, place.prefix).length > 0) {
    throw new SqlError(
      'HIVE_PATH_ALREADY_EXISTS',
      `Target directory for table already exists: s3://${place.bucket}/${place.prefix}`,
    );
  }
  return place;
}

async function register(
  name: string,
  database: string,
  writing: Writing,
  written: Written | undefined,
  { glue }: StatementContext,
): Promise<void> {
  const { columns, partitionBy, place, files } = writing;
  const location = `s3://${place.bucket}/${place.prefix}`;
  const inFiles = columns.slice(0, columns.length - partitionBy.length);
  const keys = columns.slice(columns.length - partitionBy.length);
  await glue('CreateTable', {
    DatabaseName: database,
    TableInput: {
      Name: name,
      TableType: 'EXTERNAL_TABLE',
      Parameters: { EXTERNAL: 'TRUE', classification: files.type, has_encrypted_data: 'false', 'auto.purge': 'false' },
      PartitionKeys: keys.map((column) => ({ Name: column.name, Type: column.type })),
      StorageDescriptor: writtenStorage(files, inFiles, location),
    },
  });
  const partitions = (written?.partitions ?? []).map((values) => ({
    values,
    storage: writtenStorage(files, inFiles, partitionLocation(location, partitionBy, values)),
  }));
  await addPartitions(glue, { DatabaseName: database, TableName: name }, partitions);
}

export function partitionLocation(tableLocation: string, keys: string[], values: string[]): string {
  const root = tableLocation.endsWith('/') ? tableLocation : `${tableLocation}/`;
  return `${root}${keys.map((key, index) => `${key}=${encodeURIComponent(values[index] ?? '')}`).join('/')}/`;
}
