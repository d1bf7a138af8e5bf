/** The first scan of a profile: what needs to know no more than how many rows there are. */
import {
  type ColumnSql,
  chunksOf,
  doubleLiteral,
  isFloating,
  namedColumns,
  type ProfileAnswers,
  type ProfiledTable,
  type ProfileRows,
  type ProfileStatement,
  profileKind,
  type TableColumn,
  tableName,
} from './profile-column.ts';

/** So many columns make a statement that Trino can still compile, and each column is scanned once all the same. */
const COLUMNS_AT_ONCE = 25;
/** Pairs grow with the square. */
const MAX_CORRELATED = 16;
const SAMPLE_TEXTS = 1000;
/** Of more rows, percentiles are those of so many taken at random: right within a percentile. */
const SAMPLE_NUMBERS = 10_000;
/** Longer texts are told apart by their beginnings. */
export const MAX_TEXT = 200;

/** Every percentile: those that are shown, and values that fill more than one of them are frequent. */
const PERCENTILES = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);

export interface ColumnBasics {
  count: number;
  distinct?: number;
  min?: string;
  max?: string;
  low?: number;
  high?: number;
  mean?: number;
  standardDeviation?: number;
  zeros?: number;
  negatives?: number;
  /** p1 to p99. */
  percentiles?: number[];
  length?: { min: number; max: number; mean: number };
  empty?: number;
  /** Values of rows taken at random. */
  sample?: string[];
}

export interface TableBasics {
  rows: number;
  columns: ColumnBasics[];
  correlations: { a: string; b: string; value: number }[];
}

type Read = (basics: ColumnBasics, cell: string) => void;

interface Figure {
  sql: string;
  read: Read;
}

const COUNT = 'count';

/** From the ends of Parquet files, for which Athena scans nothing. */
export function planCount(table: ProfiledTable): ProfileStatement[] {
  return [{ id: COUNT, sql: `SELECT count(*) AS all_rows FROM ${tableName(table)}` }];
}

export function planBasics(table: ProfiledTable, answers: ProfileAnswers): ProfileStatement[] {
  const rows = Number(rowOf(answers[COUNT])[0] ?? 0);
  return chunks(table).map((chunk, index) => ({ id: `basics-${index}`, sql: chunkSql(table, chunk, rows) }));
}

export function readBasics(table: ProfiledTable, answers: ProfileAnswers): TableBasics {
  const basics: TableBasics = { rows: 0, columns: table.columns.map(() => ({ count: 0 })), correlations: [] };
  chunks(table).forEach((chunk, index) => {
    const cells = rowOf(answers[`basics-${index}`]);
    const figures = figuresOf(table, chunk, 0);
    basics.rows = Number(cells[0] ?? 0);
    figures.forEach(({ read, column }, at) => {
      const cell = cells[at + 1];
      const into = basics.columns[column];
      if (into && cell !== null && cell !== undefined) read(into, cell);
    });
    chunk.pairs.forEach(({ a, b }, at) => {
      const value = finite(cells[figures.length + 1 + at]);
      const [first, second] = [table.columns[a]?.name, table.columns[b]?.name];
      if (value === undefined || first === undefined || second === undefined) return;
      basics.correlations.push({ a: first, b: second, value: Math.max(-1, Math.min(1, value)) });
    });
  });
  return basics;
}

interface Chunk {
  columns: number[];
  pairs: Pair[];
}

/** Two columns, by their places, that are correlated. */
interface Pair {
  a: number;
  b: number;
}

/** Correlations go with the columns where those are one statement, and else are one of their own. */
function chunks({ columns }: ProfiledTable): Chunk[] {
  const pairs = pairsOf(columns);
  const parts = chunksOf([...columns.keys()], COLUMNS_AT_ONCE).map((part): Chunk => ({ columns: part, pairs: [] }));
  const [only] = parts;
  if (parts.length === 1 && only) return [{ ...only, pairs }];
  return pairs.length > 0 ? [...parts, { columns: [], pairs }] : parts;
}

function pairsOf(columns: readonly TableColumn[]): Pair[] {
  const numbers = [...columns.keys()].filter((index) => profileKind(columns[index]?.type ?? '') === 'number');
  const correlated = numbers.slice(0, MAX_CORRELATED);
  return correlated.flatMap((a, place) => correlated.slice(place + 1).map((b) => ({ a, b })));
}

function chunkSql(table: ProfiledTable, chunk: Chunk, rows: number): string {
  const needed = [...new Set([...chunk.columns, ...chunk.pairs.flatMap(({ a, b }) => [a, b])])];
  const { from } = namedColumns(table, needed, 'random() AS chance');
  const items = [
    'count(*)',
    ...figuresOf(table, chunk, rows).map(({ sql }) => sql),
    ...chunk.pairs.map(({ a, b }) => `corr(n${a}, n${b})`),
  ];
  return `SELECT ${items.map((item, index) => `${item} AS c${index}`).join(',\n  ')}\nFROM ${from}`;
}

function figuresOf(table: ProfiledTable, { columns }: Chunk, rows: number): (Figure & { column: number })[] {
  const named = namedColumns(table, columns).columns;
  return columns.flatMap((index) => {
    const sql = named.get(index);
    const hasNoNaN = !isFloating(table.columns[index]?.type ?? '');
    return sql ? columnFigures(sql, { hasNoNaN, rows }).map((figure) => ({ ...figure, column: index })) : [];
  });
}

interface Known {
  hasNoNaN: boolean;
  rows: number;
}

function columnFigures({ kind, value, number }: ColumnSql, { hasNoNaN, rows }: Known): Figure[] {
  const count: Figure = { sql: `count(${value})`, read: set('count') };
  if (kind === 'other') return [count];
  const figures = [count, { sql: `approx_distinct(${value})`, read: set('distinct') }];
  if (kind === 'text') return [...figures, ...extremes(value, text), ...textFigures(value, rows)];
  if (number === undefined) return figures;
  // NaN is greater than all else, and no end of a range.
  const printed = extremes(hasNoNaN ? value : number, plain);
  return [...figures, ...printed, ...numberFigures(number, rows), ...(kind === 'number' ? signs(number) : [])];
}

const plain = (sql: string): string => `CAST(${sql} AS varchar)`;
const text = (sql: string): string => `substr(${sql}, 1, ${MAX_TEXT})`;

function extremes(value: string, print: (sql: string) => string): Figure[] {
  return [
    {
      sql: print(`min(${value})`),
      read: (basics, cell) => {
        basics.min = cell;
      },
    },
    {
      sql: print(`max(${value})`),
      read: (basics, cell) => {
        basics.max = cell;
      },
    },
  ];
}

function numberFigures(number: string, rows: number): Figure[] {
  return [
    { sql: `min(${number})`, read: set('low') },
    { sql: `max(${number})`, read: set('high') },
    { sql: `avg(${number})`, read: set('mean') },
    { sql: `stddev_samp(${number})`, read: set('standardDeviation') },
    {
      sql: `approx_percentile(${number}, ARRAY[${PERCENTILES.map((share) => `${share}E0`).join(', ')}])${sampled(SAMPLE_NUMBERS, rows)}`,
      read: (basics, cell) => {
        basics.percentiles = cell.slice(1, -1).split(', ').map(Number);
      },
    },
  ];
}

/** A filter that about so many of the rows pass. */
function sampled(wanted: number, rows: number): string {
  return rows <= wanted ? '' : ` FILTER (WHERE chance < ${doubleLiteral(wanted / rows)})`;
}

function signs(number: string): Figure[] {
  return [
    { sql: `count_if(${number} = 0)`, read: set('zeros') },
    { sql: `count_if(${number} < 0)`, read: set('negatives') },
  ];
}

function textFigures(value: string, rows: number): Figure[] {
  const sample = `transform(array_agg(${value})${sampled(SAMPLE_TEXTS, rows)}, each -> ${text('each')})`;
  return [
    { sql: `min(length(${value}))`, read: length('min') },
    { sql: `max(length(${value}))`, read: length('max') },
    { sql: `avg(length(${value}))`, read: length('mean') },
    { sql: `count_if(${value} = '')`, read: set('empty') },
    {
      sql: `json_format(CAST(${sample} AS json))`,
      read: (basics, cell) => {
        basics.sample = (JSON.parse(cell) as (string | null)[]).filter((each) => each !== null);
      },
    },
  ];
}

type NumberKey = 'count' | 'distinct' | 'low' | 'high' | 'mean' | 'standardDeviation' | 'zeros' | 'negatives' | 'empty';

function set(key: NumberKey): Read {
  return (basics, cell) => {
    const value = finite(cell);
    if (value !== undefined) basics[key] = value;
  };
}

function length(key: 'min' | 'max' | 'mean'): Read {
  return (basics, cell) => {
    basics.length = { ...(basics.length ?? { min: 0, max: 0, mean: 0 }), [key]: Number(cell) };
  };
}

function finite(cell: string | null | undefined): number | undefined {
  const value = cell === null || cell === undefined ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

function rowOf(rows: ProfileRows | undefined): (string | null)[] {
  return rows?.[0] ?? [];
}
