/** What is measured of a column for its statistics, by its type, in Athena's SQL. */
import type { ColumnStatistics } from './statistics-store.ts';

type StatisticsData = ColumnStatistics['StatisticsData'];

/** Expressions, and how what they answer becomes the column's statistics. Values are as Athena prints them. */
export interface ColumnFigures {
  expressions: string[];
  read: (values: (string | null)[]) => StatisticsData;
}

/** Undefined for columns of which there are no statistics: lists, maps and structures. `column` is quoted. */
export function figuresOf(column: string, type: string): ColumnFigures | undefined {
  const name = /^\w+/.exec(type.toLowerCase())?.[0] ?? '';
  return kinds[name]?.(column, type);
}

type FiguresOf = (column: string, type: string) => ColumnFigures;

const nulls = (column: string) => `count(*) - count(${column})`;
const counted = (column: string) => [nulls(column), `approx_distinct(${column})`];
const countsOf = ([empty, distinct]: (string | null | undefined)[]) => ({
  NumberOfNulls: Number(empty ?? 0),
  NumberOfDistinctValues: Number(distinct ?? 0),
});

/** The least and the greatest value of a kind; what JSON has no number for is left out. */
function ranged<V>(
  column: string,
  read: (value: string) => V | undefined,
  of: (expression: string) => string = (expression) => expression,
) {
  return {
    expressions: [...counted(column), of(`min(${column})`), of(`max(${column})`)],
    range: ([empty, distinct, least, greatest]: (string | null)[]) => {
      const [MinimumValue, MaximumValue] = [least, greatest].map((value) => (value == null ? undefined : read(value)));
      return {
        ...(MinimumValue !== undefined && { MinimumValue }),
        ...(MaximumValue !== undefined && { MaximumValue }),
        ...countsOf([empty, distinct]),
      };
    },
  };
}

const whole = (value: string) => {
  const number = Math.floor(Number(value));
  return Number.isSafeInteger(number) ? number : undefined;
};
const finite = (value: string) => (Number.isFinite(Number(value)) ? Number(value) : undefined);

const long: FiguresOf = (column) => {
  const { expressions, range } = ranged(column, whole);
  return { expressions, read: (values) => ({ Type: 'LONG', LongColumnStatisticsData: range(values) }) };
};

const double: FiguresOf = (column) => {
  const { expressions, range } = ranged(column, finite);
  return { expressions, read: (values) => ({ Type: 'DOUBLE', DoubleColumnStatisticsData: range(values) }) };
};

/** Seconds since the epoch, as Hive keeps them. */
const timestamp: FiguresOf = (column) => {
  const { expressions, range } = ranged(column, whole, (moment) => `to_unixtime(${moment})`);
  return { expressions, read: (values) => ({ Type: 'LONG', LongColumnStatisticsData: range(values) }) };
};

const date: FiguresOf = (column) => {
  const { expressions, range } = ranged(column, (day) => finite(String(Date.parse(`${day}T00:00:00Z`) / 1000)));
  return { expressions, read: (values) => ({ Type: 'DATE', DateColumnStatisticsData: range(values) }) };
};

const decimal: FiguresOf = (column) => {
  const { expressions, range } = ranged(column, decimalNumber);
  return { expressions, read: (values) => ({ Type: 'DECIMAL', DecimalColumnStatisticsData: range(values) }) };
};

const boolean: FiguresOf = (column) => ({
  expressions: [nulls(column), `count_if(${column})`, `count_if(NOT ${column})`],
  read: ([empty, yes, no]) => ({
    Type: 'BOOLEAN',
    BooleanColumnStatisticsData: {
      NumberOfTrues: Number(yes ?? 0),
      NumberOfFalses: Number(no ?? 0),
      NumberOfNulls: Number(empty ?? 0),
    },
  }),
});

const lengths = (column: string) => [`max(length(${column}))`, `avg(length(${column}))`];
const lengthsOf = ([most, mean]: (string | null | undefined)[]) => ({
  MaximumLength: Number(most ?? 0),
  AverageLength: Number(mean ?? 0),
});

const text: FiguresOf = (column) => ({
  expressions: [...counted(column), ...lengths(column)],
  read: ([empty, distinct, ...of]) => ({
    Type: 'STRING',
    StringColumnStatisticsData: { ...lengthsOf(of), ...countsOf([empty, distinct]) },
  }),
});

const binary: FiguresOf = (column) => ({
  expressions: [nulls(column), ...lengths(column)],
  read: ([empty, ...of]) => ({
    Type: 'BINARY',
    BinaryColumnStatisticsData: { ...lengthsOf(of), NumberOfNulls: Number(empty ?? 0) },
  }),
});

const kinds: Record<string, FiguresOf> = {
  tinyint: long,
  smallint: long,
  int: long,
  integer: long,
  bigint: long,
  float: double,
  double,
  decimal,
  boolean,
  date,
  timestamp,
  string: text,
  varchar: text,
  char: text,
  binary,
};

/** `12.30` is 1230 with two decimals, its bytes a big-endian two's complement. */
function decimalNumber(value: string): { UnscaledValue: string; Scale: number } {
  const [, fraction = ''] = value.split('.');
  return { UnscaledValue: twosComplement(BigInt(value.replace('.', ''))).toString('base64'), Scale: fraction.length };
}

function twosComplement(value: bigint): Buffer {
  let bytes = 1;
  while (BigInt.asIntN(8 * bytes, value) !== value) bytes++;
  return Buffer.from(
    BigInt.asUintN(8 * bytes, value)
      .toString(16)
      .padStart(2 * bytes, '0'),
    'hex',
  );
}
