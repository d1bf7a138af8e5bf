import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, ResultColumn } from '../schemas';
import { keyNames } from './key-names';
import { rowBatches } from './row-batches';
import { readValue, type ValueType, valueType } from './value-type';

/** Writes rows as one Parquet file (Snappy), a row group in memory at a time. */
export async function* parquetRows(
  columns: readonly ResultColumn[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  const names = keyNames(columns);
  const types = columns.map(({ type }) => valueType(type));
  const schema = [{ name: 'root', num_children: columns.length }, ...types.map((type, at) => element(names[at], type))];
  const writer = new ChunkWriter();
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'Lacustre' });
  for await (const rows of rowBatches(pages)) {
    const columnData = types.map((type, at) => ({
      name: names[at] ?? '',
      data: rows.map((row) => readValue(type, row[at] ?? null)),
      offsetIndex: false,
    }));
    await parquet.write({ columnData, rowGroupSize: rows.length });
    yield writer.take();
  }
  await parquet.finish();
  yield writer.take();
}

/** Lets what was written go; offsets count on. */
class ChunkWriter extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}

/** https://github.com/apache/parquet-format/blob/master/LogicalTypes.md */
function element(name: string | undefined, type: ValueType): SchemaElement {
  return { name: name ?? '', repetition_type: 'OPTIONAL', ...physical(type) };
}

function physical(type: ValueType): Omit<SchemaElement, 'name' | 'repetition_type'> {
  switch (type.kind) {
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'integer':
      if (type.bits === 64) return { type: 'INT64' };
      return { type: 'INT32', ...(type.bits < 32 ? { converted_type: type.bits === 8 ? 'INT_8' : 'INT_16' } : {}) };
    case 'float':
      return { type: type.bits === 32 ? 'FLOAT' : 'DOUBLE' };
    case 'decimal':
      return {
        ...decimalStorage(type.precision),
        converted_type: 'DECIMAL',
        precision: type.precision,
        scale: type.scale,
      };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE' };
    case 'timestamp':
      return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } };
    case 'binary':
      return { type: 'BYTE_ARRAY' };
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  }
}

function decimalStorage(precision: number): Pick<SchemaElement, 'type' | 'type_length'> {
  if (precision <= 9) return { type: 'INT32' };
  return precision <= 18 ? { type: 'INT64' } : { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 };
}
