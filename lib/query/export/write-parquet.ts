import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { keyNames } from '../rows/key-names';
import type { Cell, ResultColumn } from '../schemas';

/** Rows that are in memory at a time; readers skip by groups of this size. */
const GROUP_ROWS = 50_000;
const GROUP_CELLS = 1_000_000;

/** Writes typed Parquet, a group of rows at a time. */
export async function* writeParquet(
  columns: readonly ResultColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Uint8Array> {
  const names = keyNames(columns);
  const kinds = columns.map(({ type }) => parquetKind(type));
  const bytes = new Chunks();
  const schema = [
    { name: 'root', num_children: columns.length, repetition_type: 'REQUIRED' } as const,
    ...kinds.map(
      ({ element }, index) => ({ ...element, name: names[index] ?? '', repetition_type: 'OPTIONAL' }) as const,
    ),
  ];
  const writer = new ParquetWriter({ writer: bytes, schema });
  const groupRows = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / Math.max(1, columns.length))));
  let group: Cell[][] = [];
  const write = () => {
    const columnData = kinds.map(({ value }, place) => ({
      name: names[place] ?? '',
      data: group.map((row) => {
        const cell = row[place] ?? null;
        return cell === null ? null : value(cell);
      }),
    }));
    group = [];
    return writer.write({ columnData, rowGroupSize: groupRows });
  };
  for await (const rows of batches) {
    for (const row of rows) {
      group.push(row);
      if (group.length < groupRows) continue;
      await write();
      yield bytes.take();
    }
  }
  if (group.length > 0) await write();
  await writer.finish();
  yield bytes.take();
}

/** Gives away what was written; the library counts the file's length by itself. */
class Chunks extends ByteWriter {
  take(): Uint8Array {
    const taken = this.getBytes().slice();
    this.index = 0;
    return taken;
  }
}

interface Kind {
  element: Omit<SchemaElement, 'name'>;
  value: (cell: string) => unknown;
}

const TEXT: Kind = { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, value: (cell) => cell };
const INTEGER: Kind = { element: { type: 'INT32' }, value: Number };

const KINDS: Record<string, Kind> = {
  boolean: { element: { type: 'BOOLEAN' }, value: (cell) => cell === 'true' },
  tinyint: { element: { type: 'INT32', converted_type: 'INT_8' }, value: Number },
  smallint: { element: { type: 'INT32', converted_type: 'INT_16' }, value: Number },
  int: INTEGER,
  integer: INTEGER,
  bigint: { element: { type: 'INT64' }, value: BigInt },
  real: { element: { type: 'FLOAT' }, value: Number },
  float: { element: { type: 'FLOAT' }, value: Number },
  double: { element: { type: 'DOUBLE' }, value: Number },
  date: { element: { type: 'INT32', converted_type: 'DATE' }, value: (cell) => Date.parse(cell) / 86_400_000 },
  // Without a zone, so not of UTC: a reader shows the clock that Athena wrote.
  timestamp: {
    element: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } },
    value: microsOf,
  },
};

/** Zones, times of day, nested values and what Athena may add stay the texts that Athena wrote. */
function parquetKind(type: string): Kind {
  const { precision, scale } = /^decimal\((?<precision>\d+), ?(?<scale>\d+)\)$/.exec(type)?.groups ?? {};
  if (precision && scale) return decimalKind(Number(precision), Number(scale));
  return KINDS[type] ?? (/^timestamp\(\d\)$/.test(type) ? (KINDS.timestamp as Kind) : TEXT);
}

function decimalKind(precision: number, scale: number): Kind {
  const size =
    precision <= 18 ? ({ type: 'INT64' } as const) : ({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 } as const);
  return {
    element: { ...size, converted_type: 'DECIMAL', precision, scale },
    value: (cell) => {
      const [whole = '0', fraction = ''] = cell.split('.');
      return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
    },
  };
}

function microsOf(cell: string): bigint {
  const [, day = '', clock = '00:00:00', fraction = ''] = /^(\S+)(?: (\d\d:\d\d:\d\d))?(?:\.(\d+))?/.exec(cell) ?? [];
  return BigInt(Date.parse(`${day}T${clock}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}
