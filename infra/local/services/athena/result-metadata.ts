import type { ResultColumn } from '../../engine/task.ts';

/**
 * The `.metadata` file beside a result. Athena does not document it; it is a protocol buffer whose fields are known
 * from its bytes (https://gist.github.com/iconara/4969c247e8abb69600cdbe6f4b20f50b), and some JDBC drivers read it
 * instead of asking GetQueryResults. What is zero or empty is left out.
 */
export function resultMetadata(queryId: string, columns: ResultColumn[]): Buffer {
  return Buffer.concat([textField(1, queryId), ...columns.map((column) => bytesField(4, columnBytes(column)))]);
}

/** As java.sql.ResultSetMetaData counts: 3 for what is not known, where Athena always stands. */
const NULLABLE_UNKNOWN = 3;

function columnBytes({ name, type, precision, scale }: ResultColumn): Buffer {
  return Buffer.concat([
    textField(1, 'hive'),
    textField(4, name),
    textField(5, name),
    textField(6, type),
    numberField(7, precision),
    numberField(8, scale),
    numberField(9, NULLABLE_UNKNOWN),
    numberField(10, isCaseSensitive(type) ? 1 : 0),
  ]);
}

export function isCaseSensitive(type: string): boolean {
  return type === 'varchar' || type === 'char';
}

function textField(id: number, text: string): Buffer {
  return text === '' ? Buffer.alloc(0) : bytesField(id, Buffer.from(text));
}

function bytesField(id: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((id << 3) | 2), varint(bytes.length), bytes]);
}

function numberField(id: number, value: number): Buffer {
  return value === 0 ? Buffer.alloc(0) : Buffer.concat([varint(id << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
