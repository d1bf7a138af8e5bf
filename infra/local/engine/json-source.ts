import {
  type DuckDBConnection,
  DuckDBListType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { Type } from '../../../lib/languages/trino-sql/types.ts';
import { duckType, newVariable } from './dialect/duck-type.ts';
import { hiveToType } from './hive-type.ts';
import { quoteName, quoteText } from './session.ts';
import type { FileTable, JsonShape, TableColumn, TableFormat } from './task.ts';

type JsonFormat = TableFormat & { type: 'json' };

/** Rows of each file that are looked at for its keys. */
const SAMPLE_ROWS = 100_000;

/** Shapes by the paths of the files, which do not change. Bounded, since the process lives long. */
const known = new Map<string, JsonShape>();
const MAX_KNOWN = 500;

/**
 * Columns are in lower case and keys are not; DuckDB reads a key only as it is written. So the tables of JSON get the
 * keys of their files, as far as the first rows of each show them.
 */
export async function withShapes(tables: FileTable[], connection: DuckDBConnection): Promise<FileTable[]> {
  const shaped: FileTable[] = [];
  for (const table of tables) {
    const { format } = table;
    if (format.type !== 'json' || format.isCaseSensitive || table.files.length === 0) shaped.push(table);
    else shaped.push({ ...table, format: { ...format, shape: await shapeOf(table, connection) } });
  }
  return shaped;
}

async function shapeOf(table: FileTable, connection: DuckDBConnection): Promise<JsonShape> {
  const key = table.files.map((file) => file.path).join('\n');
  const found = known.get(key);
  if (found) return found;
  const fields: Record<string, JsonShape> = {};
  for (const [compression, files] of Map.groupBy(table.files, (file) => file.compression ?? 'uncompressed')) {
    const paths = `[${files.map((file) => quoteText(file.path)).join(', ')}]`;
    const reader = await connection.runAndReadAll(
      `SELECT * FROM read_json(${paths}, format = 'newline_delimited', compression = ${quoteText(compression)}, ignore_errors = true,
       union_by_name = true, map_inference_threshold = -1, maximum_depth = -1, field_appearance_threshold = 0,
       sample_size = ${SAMPLE_ROWS}, maximum_sample_files = ${files.length}) LIMIT 0`,
    );
    const types = reader.columnTypes();
    const names = reader.columnNames();
    names.forEach((name, index) => {
      fields[asWritten(name, names)] ??= shapeOfType(types[index] as DuckDBType);
    });
  }
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, { fields });
  return { fields };
}

/** DuckDB calls the second spelling of a key `userid_1`. */
function asWritten(name: string, names: string[]): string {
  const base = /^(.*)_\d+$/s.exec(name)?.[1];
  const isSpelling =
    base !== undefined && names.some((other) => other !== base && other.toLowerCase() === base.toLowerCase());
  return isSpelling ? base : name;
}

function shapeOfType(type: DuckDBType): JsonShape {
  if (type.typeId === DuckDBTypeId.STRUCT && type instanceof DuckDBStructType) {
    return {
      fields: Object.fromEntries(
        type.entryNames.map((name, at) => [name, shapeOfType(type.entryTypes[at] as DuckDBType)]),
      ),
    };
  }
  return type instanceof DuckDBListType ? { items: shapeOfType(type.valueType) } : {};
}

/** The columns of a table, and the reader's own columns that they are made of: key to type. */
export interface JsonReading {
  values: Map<string, string>;
  read: Record<string, string>;
  /** Whether each line is one JSON value, named `json`. */
  isWhole: boolean;
}

export function jsonReading(columns: TableColumn[], format: JsonFormat): JsonReading {
  const found = columns.map((column) => ({ column, keys: keysOf(column.name, format) }));
  const keys = found.flatMap((each) => each.keys);
  // DuckDB does not tell keys apart by their case: where both spellings are needed, they are taken from the whole line.
  const isWhole = new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
  const values = new Map<string, string>();
  const read: Record<string, string> = isWhole ? { json: 'JSON' } : {};
  for (const { column, keys: spellings } of found) {
    const key = spellings[0] as string;
    const as = readAs(hiveToType(column.type), format.shape?.fields?.[key], format.dotsInKeys);
    if (!isWhole) read[key] = as.duckType;
    values.set(column.name, as.value(isWhole ? fromLine(spellings, as.duckType) : quoteName(key)));
  }
  return { values, read, isWhole };
}

function fromLine(keys: string[], type: string): string {
  const pointers = keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const extract = type === 'VARCHAR' ? 'json_extract_string' : 'json_extract';
  return `CAST(coalesce(${pointers.map((pointer) => `${extract}("json", ${quoteText(pointer)})`).join(', ')}) AS ${type})`;
}

/** Every spelling that is in the files; the column's own name where there is none. */
function keysOf(name: string, { keys, shape, dotsInKeys }: JsonFormat): string[] {
  const mapped = keys?.[name];
  if (mapped !== undefined) return [mapped];
  const spellings = Object.keys(shape?.fields ?? {}).filter((key) => columnOf(key, dotsInKeys) === name.toLowerCase());
  return spellings.length > 0 ? spellings : [name];
}

function keyOf(name: string, shape: JsonShape | undefined, dotsInKeys: boolean): string {
  const keys = Object.keys(shape?.fields ?? {});
  if (keys.includes(name)) return name;
  return keys.find((key) => columnOf(key, dotsInKeys) === name.toLowerCase()) ?? name;
}

function columnOf(key: string, dotsInKeys: boolean): string {
  return (dotsInKeys ? key.replaceAll('.', '_') : key).toLowerCase();
}

interface Read {
  duckType: string;
  value: (sql: string) => string;
}

/** A type as its value is written in the files, with the keys of its rows as they are there. */
function readAs(type: Type, shape: JsonShape | undefined, dotsInKeys: boolean): Read {
  if (type.base === 'row') return readRow(type, shape, dotsInKeys);
  if (type.base !== 'array') return plain(type);
  const item = readAs(type.of?.[0] as Type, shape?.items, dotsInKeys);
  const variable = newVariable();
  const inner = item.value(variable);
  if (inner === variable) return plain(type);
  return {
    duckType: `${item.duckType}[]`,
    value: (sql) => `list_transform(${sql}, lambda ${variable}: ${inner})`,
  };
}

function readRow(type: Type, shape: JsonShape | undefined, dotsInKeys: boolean): Read {
  const fields = (type.of ?? []).map((field, index) => {
    const name = type.names?.[index] ?? '';
    const key = keyOf(name, shape, dotsInKeys);
    return { name, key, ...readAs(field, shape?.fields?.[key], dotsInKeys) };
  });
  const isPlain = fields.every(({ name, key, value }) => name === key && value('x') === 'x');
  if (isPlain) return plain(type);
  const packed = (sql: string) =>
    fields.map(({ name, key, value }) => `${quoteName(name)} := ${value(`struct_extract(${sql}, ${quoteText(key)})`)}`);
  return {
    duckType: `STRUCT(${fields.map((field) => `${quoteName(field.key)} ${field.duckType}`).join(', ')})`,
    value: (sql) => `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${packed(sql).join(', ')}) END`,
  };
}

function plain(type: Type): Read {
  return { duckType: duckType(type), value: (sql) => sql };
}
