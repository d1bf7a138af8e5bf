import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeBuilder,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
} from 'apache-arrow';
import type { Cell, ResultColumn } from '../schemas';
import { keyNames } from './key-names';
import { rowBatches } from './row-batches';
import { readValue, type TypedValue, type ValueType, valueType } from './value-type';

/** What ends a stream: a message without a length. https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format */
const END_BYTES = 8;

/** Writes rows as an Arrow IPC stream, a record batch in memory at a time. */
export async function* arrowRows(
  columns: readonly ResultColumn[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  const names = keyNames(columns);
  const types = columns.map(({ type }) => valueType(type));
  const schema = new Schema(types.map((type, at) => new Field(names[at] ?? '', arrowType(type), true)));
  const empty = tableToIPC(new Table(schema));
  const headBytes = empty.length - END_BYTES;
  yield empty.subarray(0, headBytes);
  for await (const rows of rowBatches(pages)) {
    // Written as a stream of its own, whose schema and end are those of the whole.
    yield tableToIPC(new Table([recordBatch(schema, types, rows)])).subarray(headBytes, -END_BYTES);
  }
  yield empty.subarray(headBytes);
}

function recordBatch(schema: Schema, types: readonly ValueType[], rows: readonly Cell[][]): RecordBatch {
  const children = types.map((type, at) => {
    const values = rows.map((row) => readValue(type, row[at] ?? null));
    return vectorData(type, values);
  });
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: rows.length, nullCount: 0, children }));
}

function arrowType(type: ValueType): DataType {
  switch (type.kind) {
    case 'boolean':
      return new Bool();
    case 'integer':
      return { 8: new Int8(), 16: new Int16(), 32: new Int32(), 64: new Int64() }[type.bits];
    case 'float':
      return type.bits === 32 ? new Float32() : new Float64();
    case 'decimal':
      return new Decimal(type.scale, type.precision, 128);
    case 'date':
      return new DateDay();
    case 'timestamp':
      return new TimestampMicrosecond();
    case 'binary':
      return new Binary();
    case 'text':
      return new Utf8();
  }
}

function vectorData(type: ValueType, values: readonly TypedValue[]): Data {
  const fixed = fixedWidth(type, values.length);
  if (!fixed) return builtData(type, values);
  values.forEach((value, at) => {
    if (value !== null) fixed.set(at, value as never);
  });
  const nullCount = values.filter((value) => value === null).length;
  const nullBitmap = nullCount > 0 ? validity(values) : undefined;
  return makeData({ type: arrowType(type), length: values.length, nullCount, nullBitmap, data: fixed.array } as never);
}

function builtData(type: ValueType, values: readonly TypedValue[]): Data {
  const builder = makeBuilder({ type: arrowType(type), nullValues: [null] });
  for (const value of values) builder.append(value);
  return builder.finish().flush();
}

interface FixedWidth {
  array: ArrayBufferView;
  set: (at: number, value: never) => void;
}

/** The buffer of a type whose values are all of one width: written here, since a builder takes dates and times as floats. */
function fixedWidth(type: ValueType, length: number): FixedWidth | undefined {
  const numbers = (array: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array): FixedWidth => ({
    array,
    set: (at, value) => {
      array[at] = value;
    },
  });
  const bigints = (array: BigInt64Array): FixedWidth => ({
    array,
    set: (at, value) => {
      array[at] = value;
    },
  });
  switch (type.kind) {
    case 'integer':
      if (type.bits === 64) return bigints(new BigInt64Array(length));
      return numbers({ 8: new Int8Array(length), 16: new Int16Array(length), 32: new Int32Array(length) }[type.bits]);
    case 'float':
      return numbers(type.bits === 32 ? new Float32Array(length) : new Float64Array(length));
    case 'date':
      return numbers(new Int32Array(length));
    case 'timestamp':
      return bigints(new BigInt64Array(length));
    case 'decimal':
      return decimals(length);
    default:
      return undefined;
  }
}

/** 128 bits each, in two's complement, the low half first. */
function decimals(length: number): FixedWidth {
  const halves = new BigInt64Array(length * 2);
  return {
    array: new Uint32Array(halves.buffer),
    set: (at, value: bigint) => {
      halves[at * 2] = BigInt.asIntN(64, value);
      halves[at * 2 + 1] = BigInt.asIntN(64, value >> 64n);
    },
  };
}

function validity(values: readonly TypedValue[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, at) => {
    if (value !== null) bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (1 << (at & 7));
  });
  return bitmap;
}
