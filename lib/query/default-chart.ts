import type { ChartConfig } from './chart-config';
import { columnKind } from './column-kind';
import type { ResultColumn } from './schemas';

/** A first look: along time a line, by a name bars, of two numbers a cloud. */
export function defaultChart(columns: readonly ResultColumn[]): ChartConfig | undefined {
  const kindOf = ({ type }: ResultColumn) => columnKind(type);
  const numbers = columns.filter((column) => kindOf(column) === 'number');
  const time = columns.find((column) => kindOf(column) === 'time');
  const name = columns.find((column) => kindOf(column) === 'text' || kindOf(column) === 'boolean');
  const x = time ?? name ?? numbers[0];
  if (!x) return undefined;
  const y = numbers.filter((column) => column !== x).slice(-1);
  const base = { x: x.name, y: y.map((column) => column.name), isStacked: false, sort: 'x', limit: 60 } as const;
  if (!time && !name && y.length > 0) return { ...base, kind: 'scatter', aggregation: 'none' };
  if (time) return { ...base, kind: 'line', aggregation: y.length > 0 ? 'sum' : 'count', limit: 500 };
  return { ...base, kind: 'bar', aggregation: y.length > 0 ? 'sum' : 'count', sort: y.length > 0 ? 'value' : 'x' };
}
