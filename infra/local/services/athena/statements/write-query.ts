import { join } from 'node:path';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import { resultColumn } from '../../../engine/result-column.ts';
import type { ResultColumn, WrittenColumn, WrittenFormat } from '../../../engine/task.ts';
import { describeColumns, planQuery } from '../query-plan.ts';
import type { S3Location } from '../s3-location.ts';
import type { StatementContext } from '../statement-context.ts';
import { QUERY_TIMEOUT_MS } from './select.ts';

/** What a query's rows become: Parquet files in a folder of S3. */
export interface Writing {
  query: string;
  columns: WrittenColumn[];
  partitionBy: string[];
  files: WrittenFormat;
  place: S3Location;
}

export interface Written {
  rowCount: number;
  scannedBytes: number;
  planningMs: number;
  engineMs: number;
  /** Values of the partitions that were written to, each once. */
  partitions: string[][];
  /** `s3://bucket/key` */
  files: string[];
}

/** Names and types of a query's columns, without running it. */
export async function describeQuery(query: string, context: StatementContext): Promise<ResultColumn[]> {
  const { parameters, database } = context.execution;
  const columns = await describeColumns({ ...context, sql: query, parameters, database });
  return columns.map(({ name, type }) => resultColumn(name, type));
}

/** Runs the query into files on this disk first, and hands them to S3 when it is over: a failing query leaves nothing. */
export async function writeQuery(writing: Writing, context: StatementContext): Promise<Written> {
  const { execution, engine, signal, access, store, folder } = context;
  const { query, columns, partitionBy, files, place } = writing;
  access.mayWrite(place.bucket, `${place.prefix}*`);
  const plan = await planQuery({
    ...context,
    sql: query,
    parameters: execution.parameters,
    database: execution.database,
  });
  try {
    const output = { format: 'files', folder: join(folder, 'files'), columns, partitionBy, files } as const;
    const task = { ...plan.task, output, maxScannedBytes: execution.maxScannedBytes };
    const result = await engine.run(task, { signal, timeoutMs: QUERY_TIMEOUT_MS });
    const partitions = new Map<string, string[]>();
    const written: string[] = [];
    for (const [index, file] of (result.files ?? []).entries()) {
      const path = file.split('/').slice(0, -1);
      if (path.length > 0) partitions.set(path.join('/'), path.map(partitionValue));
      const key = `${place.prefix}${[...path, `${execution.id}-${index}${extensionOf(files)}`].join('/')}`;
      await store.put({
        bucket: place.bucket,
        key,
        body: { adopt: join(output.folder, file) },
        requester: execution.principal,
      });
      written.push(`s3://${place.bucket}/${key}`);
    }
    const { rowCount, scannedBytes, planningMs, executionMs } = result;
    return {
      rowCount,
      scannedBytes,
      planningMs,
      engineMs: executionMs,
      partitions: [...partitions.values()],
      files: written,
    };
  } finally {
    plan.release();
  }
}

function partitionValue(folder: string): string {
  return decodeURIComponent(folder.slice(folder.indexOf('=') + 1));
}

/** Files are read by their suffix, see table-files.ts. */
function extensionOf({ type, compression }: WrittenFormat): string {
  if (type === 'parquet') return '.parquet';
  return `.${type}${compression === 'gzip' ? '.gz' : compression === 'zstd' ? '.zst' : ''}`;
}

const COMPRESSIONS = ['snappy', 'gzip', 'zstd', 'uncompressed'] as const;

/** What CTAS and UNLOAD write: https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html#ctas-table-properties */
export function writtenFormat(properties: Record<string, string | string[]>): WrittenFormat {
  const format = String(properties.format ?? 'PARQUET').toUpperCase();
  const asked = String(
    properties.write_compression ??
      properties[`${format.toLowerCase()}_compression`] ??
      properties.compression ??
      'GZIP',
  ).toLowerCase();
  const compression = COMPRESSIONS.find((known) => known === (asked === 'none' ? 'uncompressed' : asked));
  if (!compression || (compression === 'snappy' && format !== 'PARQUET'))
    throw new SqlError('NOT_SUPPORTED', `Compression '${asked}' is not supported for ${format}`);
  switch (format) {
    case 'PARQUET':
      return { type: 'parquet', compression };
    case 'JSON':
      return { type: 'json', compression: compression as 'gzip' };
    case 'TEXTFILE':
    case 'CSV': {
      const delimiter = String(properties.field_delimiter ?? (format === 'CSV' ? ',' : '\u0001'));
      return { type: 'csv', compression: compression as 'gzip', delimiter, quote: '', nullText: '\\N' };
    }
    default:
      throw new SqlError(
        'NOT_SUPPORTED',
        `Writing ${format} is not supported by the local lake; PARQUET, JSON and TEXTFILE are`,
      );
  }
}

/** Properties of tables that are not made here. */
export function checkProperties(properties: Record<string, string | string[]>): void {
  for (const property of ['table_type']) {
    if (properties[property] !== undefined && String(properties[property]).toUpperCase() !== 'HIVE') {
      throw new SqlError('NOT_SUPPORTED', `The table property '${property}' is not supported by the local lake`);
    }
  }
  const buckets = Number(properties.bucket_count ?? 1);
  if (properties.bucketed_by !== undefined && !(buckets >= 1))
    throw new SqlError('INVALID_TABLE_PROPERTY', 'bucket_count must be at least 1');
}

/** The query's columns as columns of a table; each must have a name of its own and a type that Hive has. */
export function asTableColumns(columns: ResultColumn[]): WrittenColumn[] {
  const seen = new Set<string>();
  return columns.map(({ name, hiveType, fullType }, source) => {
    if (/^_col\d+$/.test(name))
      throw new SqlError('MISSING_COLUMN_NAME', `Column name not specified at position ${source + 1}`);
    if (seen.has(name.toLowerCase()))
      throw new SqlError('DUPLICATE_COLUMN_NAME', `Column name '${name}' specified more than once`);
    seen.add(name.toLowerCase());
    if (!hiveType) throw new SqlError('NOT_SUPPORTED', `Unsupported Hive type: ${fullType}`);
    return { name: name.toLowerCase(), type: hiveType, source };
  });
}
