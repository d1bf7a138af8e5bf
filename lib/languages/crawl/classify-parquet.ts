import type { FileMetaData, SchemaElement } from 'hyparquet';
// Its index brings file access and every decoder along.
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import { parquetFooterBytes } from '../file-format/parquet-footer.ts';
import { reason } from './crawl-plan.ts';
import { DeclaredEvidence } from './declared-evidence.ts';
import { type FileSchema, serdes } from './file-schema.ts';
import { type HiveType, scalar } from './hive-type.ts';

type SchemaTree = ReturnType<typeof parquetSchema>;

/** The columns and rows that a Parquet file's last bytes state; undefined where they hold no footer. */
export function classifyParquet(name: string, tail: Uint8Array): FileSchema | undefined {
  const sizeBytes = parquetFooterBytes(tail);
  if (sizeBytes === 0 || sizeBytes > tail.length) return undefined;
  const metadata = metadataOf(tail);
  if (!metadata) return undefined;
  return {
    classification: 'parquet',
    compression: 'none',
    serde: serdes.parquet(),
    parameters: {},
    columns: parquetSchema(metadata).children.map((column) => ({
      name: column.element.name.toLowerCase(),
      evidence: new DeclaredEvidence(
        name,
        typeOf(column),
        reason('typeParquet', { stated: statedType(column.element) }),
      ),
      reasons: [reason('nameParquet', { column: column.element.name })],
    })),
    isNameless: false,
    rows: Number(metadata.num_rows),
    reasons: [reason('formatParquet', { rows: Number(metadata.num_rows) })],
  };
}

function metadataOf(tail: Uint8Array): FileMetaData | undefined {
  try {
    return parquetMetadata(tail);
  } catch {
    return undefined;
  }
}

function statedType({ type, logical_type, converted_type, num_children }: SchemaElement): string {
  const meaning = logical_type?.type ?? converted_type;
  return [type ?? (num_children ? 'group' : ''), meaning].filter(Boolean).join(' ');
}

/** https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types */
function typeOf({ element, children }: SchemaTree): HiveType {
  const one = nested(element, children);
  const isList = element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';
  return element.repetition_type === 'REPEATED' && !isList ? { kind: 'array', of: one } : one;
}

function nested(element: SchemaElement, children: SchemaTree[]): HiveType {
  const [inner] = children;
  if (!inner) return scalar(scalarType(element));
  const meaning = element.logical_type?.type ?? element.converted_type;
  if (meaning === 'LIST') return { kind: 'array', of: itemType(inner) };
  const [key, value] = inner.children;
  if ((meaning === 'MAP' || meaning === 'MAP_KEY_VALUE') && key && value)
    return { kind: 'map', key: typeOf(key), value: typeOf(value) };
  return {
    kind: 'struct',
    fields: new Map(children.map((child) => [child.element.name.toLowerCase(), typeOf(child)])),
  };
}

/** The repeated group of a list holds one element, but for old writers, whose group is the element. */
function itemType(repeated: SchemaTree): HiveType {
  const [only] = repeated.children;
  return repeated.children.length === 1 && only ? typeOf(only) : nested(repeated.element, repeated.children);
}

function scalarType({ type, converted_type, logical_type, precision, scale = 0 }: SchemaElement): string {
  const meaning = logical_type?.type ?? converted_type ?? '';
  if (meaning === 'DECIMAL' && precision) return `decimal(${precision},${scale})`;
  if (meaning === 'DATE') return 'date';
  if (meaning.startsWith('TIMESTAMP') || type === 'INT96') return 'timestamp';
  // Hive has no unsigned types: the next larger one holds them.
  if (converted_type === 'UINT_64') return 'decimal(20,0)';
  if (converted_type === 'UINT_32') return 'bigint';
  if (converted_type === 'INT_8') return 'tinyint';
  if (converted_type === 'INT_16' || converted_type === 'UINT_8') return 'smallint';
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY')
    return ['UTF8', 'STRING', 'ENUM', 'JSON', 'UUID'].includes(meaning) ? 'string' : 'binary';
  return physical[type ?? ''] ?? 'string';
}

const physical: Record<string, string> = {
  BOOLEAN: 'boolean',
  INT32: 'int',
  INT64: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
};
