import type { FileMetaData, SchemaElement } from 'hyparquet';
// Its index brings file access and every decoder along.
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import type { PhysicalType } from '../contract/contract.ts';

export interface ParquetFooter {
  columns: ParquetColumn[];
  rows: number;
}

interface ParquetColumn {
  physicalName: string;
  /** What a table's column must be to hold it; what is nested becomes text. */
  physicalType: PhysicalType;
  /** True when no value is empty, as far as the file says. */
  required: boolean;
}

/** So many of a file's last bytes hold the footer of most files. */
export const parquetTailBytes = 64 * 1024;

/** How many of the file's last bytes its footer takes, by its last eight; 0 where these are not the end of a Parquet file. */
export function parquetFooterBytes(tail: Uint8Array): number {
  const end = tail.subarray(-8);
  const isEnd = end.length === 8 && String.fromCharCode(...end.subarray(4)) === 'PAR1';
  return isEnd ? new DataView(end.buffer, end.byteOffset).getUint32(0, true) + 8 : 0;
}

/** Reads the columns from a file's last bytes; undefined where they are not the end of a sound Parquet file. */
export function readParquetFooter(tail: Uint8Array): ParquetFooter | undefined {
  const sizeBytes = parquetFooterBytes(tail);
  if (sizeBytes === 0 || sizeBytes > tail.length) return undefined;
  try {
    const metadata = parquetMetadata(tail);
    return { columns: columnsOf(metadata), rows: Number(metadata.num_rows) };
  } catch {
    return undefined;
  }
}

function columnsOf(metadata: FileMetaData): ParquetColumn[] {
  return parquetSchema(metadata).children.map(({ element, children }) => ({
    physicalName: element.name,
    physicalType: children.length > 0 ? 'string' : physicalTypeOf(element),
    required: element.repetition_type === 'REQUIRED' || hasNoNulls(metadata, element.name),
  }));
}

function hasNoNulls({ row_groups }: FileMetaData, name: string): boolean {
  const chunks = row_groups.flatMap((group) =>
    group.columns.filter(
      ({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === name,
    ),
  );
  return chunks.length > 0 && chunks.every(({ meta_data }) => meta_data?.statistics?.null_count === 0n);
}

/** https://github.com/apache/parquet-format/blob/master/LogicalTypes.md */
function physicalTypeOf({ type, converted_type, logical_type, precision, scale = 0 }: SchemaElement): PhysicalType {
  const meaning = logical_type?.type ?? converted_type ?? '';
  if (meaning === 'DECIMAL' && precision) return `decimal(${precision},${scale})`;
  if (meaning === 'DATE') return 'date';
  if (meaning.startsWith('TIMESTAMP') || type === 'INT96') return 'timestamp';
  if (meaning.startsWith('TIME')) return 'string';
  if (meaning === 'UINT_64') return 'decimal(20,0)';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'INT32' || type === 'INT64') return 'bigint';
  return type === 'FLOAT' || type === 'DOUBLE' ? 'double' : 'string';
}
