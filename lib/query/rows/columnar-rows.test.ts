/** Parquet and Arrow as other readers see them: DuckDB, and Arrow's own library. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cell, ResultColumn } from '../schemas';
import { arrowRows } from './arrow-rows';
import { parquetRows } from './parquet-rows';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lacustre-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A column's name, its type, and a row each of cells: an ordinary value, an extreme one, another, and null. */
const table: [name: string, type: string, ...cells: Cell[]][] = [
  ['tiny', 'tinyint', '1', '-128', '127', null],
  ['small', 'smallint', '1', '-32768', '32767', null],
  ['whole', 'integer', '1', '-2147483648', '2147483647', null],
  ['big', 'bigint', '1', '-9223372036854775808', '9223372036854775807', null],
  ['short_decimal', 'decimal(4,2)', '12.50', '-99.99', '0.01', null],
  ['middle_decimal', 'decimal(18,3)', '1.500', '-999999999999999.999', '0.001', null],
  ['long_decimal', 'decimal(38,2)', '12345678901234567890.10', `-${'9'.repeat(36)}.99`, '0.00', null],
  ['ratio', 'double', '1.5', '1.7976931348623157E308', '-0.1', null],
  ['single', 'float', '1.5', '-3.25', '0.125', null],
  ['ok', 'boolean', 'true', 'false', 'true', null],
  ['day', 'date', '2026-11-25', '1582-10-15', '9999-12-31', null],
  ['at', 'timestamp', '2026-11-25 14:03:00.678', '1969-12-31 23:59:59.999', '1900-01-01 00:00:00.000001', null],
  ['zoned', 'timestamp with time zone', '2026-11-25 14:03:00.000 Europe/Paris', '', 'x', null],
  ['bytes', 'varbinary', '00 ff 7f', '', '61', null],
  ['note', 'varchar', 'déjà 🦆', '', 'a"b,c\n', null],
  ['tags', 'array', '[a, b]', '[]', '[1]', null],
  ['note', 'varchar', 'twice', '', '', null],
];
const columns: ResultColumn[] = table.map(([name, type]) => ({ name, type }));
const rows = [2, 3, 4, 5].map((at) => table.map((column) => (column[at] ?? null) as Cell));

async function* pagesOf(...pages: Cell[][][]) {
  yield* pages;
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function duckRows(parquet: Buffer, sql: string): Promise<unknown[][]> {
  const file = path.join(folder, 'rows.parquet');
  await writeFile(file, parquet);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql.replace('$file', `'${file}'`))).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

it('writes Parquet that DuckDB reads with the same types and values', async () => {
  const parquet = await bytesOf(parquetRows(columns, pagesOf(rows.slice(0, 1), [], rows.slice(1))));
  const types = await duckRows(parquet, 'SELECT column_name, column_type FROM (DESCRIBE FROM $file)');
  expect(types.map(([name, type]) => `${name} ${type}`)).toEqual([
    'tiny TINYINT',
    'small SMALLINT',
    'whole INTEGER',
    'big BIGINT',
    'short_decimal DECIMAL(4,2)',
    'middle_decimal DECIMAL(18,3)',
    'long_decimal DECIMAL(38,2)',
    'ratio DOUBLE',
    'single FLOAT',
    'ok BOOLEAN',
    'day DATE',
    'at TIMESTAMP',
    'zoned VARCHAR',
    'bytes BLOB',
    'note VARCHAR',
    'tags VARCHAR',
    'note_2 VARCHAR',
  ]);
  const texts = await duckRows(parquet, 'SELECT COLUMNS(*)::VARCHAR FROM $file');
  expect(texts[0]).toEqual([
    '1', '1', '1', '1', '12.50', '1.500', '12345678901234567890.10', '1.5', '1.5', 'true', '2026-11-25',
    '2026-11-25 14:03:00.678', '2026-11-25 14:03:00.000 Europe/Paris', '\\x00\\xFF\\x7F', 'déjà 🦆', '[a, b]', 'twice',
  ]); // biome-ignore format: one row
  expect(texts[1]?.slice(0, 12)).toEqual([
    '-128',
    '-32768',
    '-2147483648',
    '-9223372036854775808',
    '-99.99',
    '-999999999999999.999',
    `-${'9'.repeat(36)}.99`,
    '1.7976931348623157e+308',
    '-3.25',
    'false',
    '1582-10-15',
    '1969-12-31 23:59:59.999',
  ]);
  expect(texts[2]?.slice(9, 15)).toEqual(['true', '9999-12-31', '1900-01-01 00:00:00.000001', 'x', 'a', 'a"b,c\n']);
  expect(texts[3]).toEqual(table.map(() => null));
});

const digits: ResultColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(38,3)' },
  { name: 'ok', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'note', type: 'varchar' },
];
const digitRows: Cell[][] = [
  ['9223372036854775807', '-12345678901234567890.123', 'true', '2026-11-25', '2026-11-25 14:03:00.250', '=1+1'],
  ['2', '1.500', 'false', '1850-01-01', '1850-01-01 00:00:00.000', ''],
  [null, null, null, null, null, null],
];

it('writes Parquet that another reader reads with types and digits', async () => {
  const file = path.join(folder, 'digits.parquet');
  await writeFile(file, await bytesOf(parquetRows(digits, pagesOf(digitRows.slice(0, 1), [], digitRows.slice(1)))));
  const connection = await (await DuckDBInstance.create()).connect();
  const described = await connection.runAndReadAll(`DESCRIBE FROM '${file}'`);
  expect(described.getRows().map(([name, type]) => [name, type])).toEqual([
    ['id', 'BIGINT'],
    ['price', 'DECIMAL(38,3)'],
    ['ok', 'BOOLEAN'],
    ['day', 'DATE'],
    ['at', 'TIMESTAMP'],
    ['note', 'VARCHAR'],
  ]);
  const read = await connection.runAndReadAll(`SELECT COLUMNS(*)::varchar FROM '${file}'`);
  expect(read.getRows()).toEqual([
    ['9223372036854775807', '-12345678901234567890.123', 'true', '2026-11-25', '2026-11-25 14:03:00.25', '=1+1'],
    ['2', '1.500', 'false', '1850-01-01', '1850-01-01 00:00:00', ''],
    [null, null, null, null, null, null],
  ]);
  await writeFile(file, await bytesOf(parquetRows(digits, pagesOf([]))));
  expect((await connection.runAndReadAll(`SELECT count(*) FROM '${file}'`)).getRows()).toEqual([[0n]]);
});

it('writes an Arrow stream that Arrow reads with the same types and values', async () => {
  const arrow = tableFromIPC(await bytesOf(arrowRows(columns, pagesOf(rows.slice(0, 2), rows.slice(2)))));
  expect(arrow.schema.fields.map(({ name, type }) => `${name} ${type}`)).toMatchInlineSnapshot(`
    [
      "tiny Int8",
      "small Int16",
      "whole Int32",
      "big Int64",
      "short_decimal Decimal[4e+2]",
      "middle_decimal Decimal[18e+3]",
      "long_decimal Decimal[38e+2]",
      "ratio Float64",
      "single Float32",
      "ok Bool",
      "day Date32<DAY>",
      "at Timestamp<MICROSECOND>",
      "zoned Utf8",
      "bytes Binary",
      "note Utf8",
      "tags Utf8",
      "note_2 Utf8",
    ]
  `);
  const column = (name: string) => Array.from(arrow.getChild(name) ?? []);
  expect(column('big')).toEqual([1n, -(2n ** 63n), 2n ** 63n - 1n, null]);
  expect(column('tiny')).toEqual([1, -128, 127, null]);
  expect(column('ok')).toEqual([true, false, true, null]);
  expect(column('ratio')).toEqual([1.5, 1.7976931348623157e308, -0.1, null]);
  expect(column('note')).toEqual(['déjà 🦆', '', 'a"b,c\n', null]);
  expect(Buffer.from(column('bytes')[0]).toString('hex')).toBe('00ff7f');
  expect(column('long_decimal').map((value) => value && decimalText(value))).toEqual([
    '1234567890123456789010',
    `-${'9'.repeat(38)}`,
    '0',
    null,
  ]);
  const data = (name: string) => Array.from(arrow.getChild(name)?.data[0]?.values ?? []);
  expect(data('at')).toEqual([1_795_615_380_678_000n, -1_000n, -2_208_988_799_999_999n, 0n]);
  expect(data('day')[1]).toBe(-141_427);
  expect(arrow.numRows).toBe(4);
});

/** A value of 128 bits, as Arrow gives it: four words, the lowest first. */
function decimalText(words: Uint32Array): string {
  const unsigned = Array.from(words).reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(128, unsigned).toString();
}

const PYARROW = `
import sys, pyarrow as pa, pyarrow.parquet as pq
parquet = pq.read_table(sys.argv[1])
arrow = pa.ipc.open_stream(open(sys.argv[2], 'rb').read()).read_all()
arrow.validate(full=True)
assert arrow.schema.types == parquet.schema.types, (arrow.schema, parquet.schema)
assert arrow.to_pydict() == parquet.to_pydict()
print([str(type) for type in arrow.schema.types])
print(arrow.slice(0, 1).to_pylist()[0]['long_decimal'], arrow.column('day')[2], arrow.column('at')[2])
`;
const hasPyarrow = spawnSync('python3', ['-c', 'import pyarrow']).status === 0;
if (!hasPyarrow)
  process.stdout.write('pyarrow is not here: nobody else’s Python has read these files. pip install pyarrow\n');

it.runIf(hasPyarrow)('writes both so that pyarrow reads the same from them', async () => {
  const files = [path.join(folder, 'py.parquet'), path.join(folder, 'py.arrows')] as const;
  await writeFile(files[0], await bytesOf(parquetRows(columns, pagesOf(rows))));
  await writeFile(files[1], await bytesOf(arrowRows(columns, pagesOf(rows))));
  const { stdout, stderr } = spawnSync('python3', ['-c', PYARROW, ...files], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toContain("'decimal128(38, 2)', 'double', 'float', 'bool', 'date32[day]', 'timestamp[us]'");
  expect(stdout).toContain('12345678901234567890.10 9999-12-31 1900-01-01 00:00:00.000001');
});

it('writes a result without rows as its columns alone', async () => {
  expect(tableFromIPC(await bytesOf(arrowRows(columns, pagesOf([])))).schema.fields).toHaveLength(columns.length);
  const parquet = await bytesOf(parquetRows(columns, pagesOf([])));
  expect(await duckRows(parquet, 'SELECT count(*) FROM $file')).toEqual([['0']]);
});

it('holds a batch at a time, however many rows there are', async () => {
  let given = 0;
  async function* endless() {
    for (; given < 400; given++) yield Array.from({ length: 1000 }, (_, n): Cell[] => [String(given * 1000 + n)]);
  }
  const one = [{ name: 'n', type: 'bigint' }];
  for (const write of [parquetRows, arrowRows]) {
    given = 0;
    const chunks: Uint8Array[] = [];
    let most = 0;
    let before = 0;
    for await (const chunk of write(one, endless())) {
      most = Math.max(most, given - before);
      before = given;
      chunks.push(chunk);
    }
    expect(most).toBeLessThan(20);
    const bytes = Buffer.concat(chunks);
    const sums =
      write === parquetRows ? await duckRows(bytes, 'SELECT sum(n)::VARCHAR FROM $file') : [[arrowSum(bytes)]];
    expect(sums[0]?.[0]).toBe(String((399_999n * 400_000n) / 2n));
  }
});

function arrowSum(bytes: Buffer): string {
  let sum = 0n;
  for (const value of tableFromIPC(bytes).getChild('n') ?? []) sum += value;
  return String(sum);
}
