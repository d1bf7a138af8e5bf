import { columnKind } from './column-kind';
import type { Cell, ResultColumn } from './schemas';

/** More bars than this cannot be told apart. */
export const MOST_BARS = 60;

export interface ChartPoints {
  /** The column whose values name the bars; the row's number where every column is a number. */
  name?: string;
  value: string;
  points: { name: string; value: number }[];
  /** There were more rows than bars. */
  isCut: boolean;
}

/** Returns the bars of a result: named by its first column that is no number, as tall as the column asked for. */
export function chartPoints(
  columns: readonly ResultColumn[],
  rows: readonly Cell[][],
  wanted?: string,
): ChartPoints | undefined {
  const numbers = columns.filter((column) => columnKind(column.type) === 'number');
  const value = numbers.find((column) => column.name === wanted) ?? numbers[0];
  if (!value) return undefined;
  const naming = columns.find((column) => columnKind(column.type) !== 'number');
  const valueAt = columns.indexOf(value);
  const nameAt = naming ? columns.indexOf(naming) : -1;
  const points = rows.slice(0, MOST_BARS).map((row, index) => ({
    name: (nameAt < 0 ? `${index + 1}` : row[nameAt]) ?? 'null',
    value: Number(row[valueAt] ?? 0),
  }));
  return { name: naming?.name, value: value.name, points, isCut: rows.length > MOST_BARS };
}
