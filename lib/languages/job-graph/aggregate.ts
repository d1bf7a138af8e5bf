/** Spark's aggregate functions: the name and type of their columns, and DuckDB's way to compute them. */
import { decimalOf, duckdbType, isInteger, isNumber } from './column-type.ts';
import type { AggregateFunction, Aggregation } from './node-settings.ts';
import { quoteName } from './sql-text.ts';

/** Spark's own name of the column, `sum(total_sales)`; a RenameField or ApplyMapping after it makes a better one. */
export const aggregateName = ({ AggFunc, Column }: Aggregation): string => {
  const column = Column.join('.');
  if (AggFunc === 'countDistinct') return `count(DISTINCT ${column})`;
  if (AggFunc === 'sumDistinct') return `sum(DISTINCT ${column})`;
  return `${AggFunc}(${column})`;
};

const anyType: AggregateFunction[] = ['count', 'countDistinct', 'first', 'last', 'max', 'min'];

/** Spark's type of the result, or undefined when the function cannot take the column. */
export function aggregateType(fn: AggregateFunction, type: string): string | undefined {
  if (!anyType.includes(fn) && !isNumber(type)) return undefined;
  if (fn === 'count' || fn === 'countDistinct') return 'bigint';
  if (fn === 'first' || fn === 'last' || fn === 'max' || fn === 'min') return type;
  const decimal = decimalOf(type);
  if (fn === 'sum' || fn === 'sumDistinct') {
    if (decimal) return `decimal(${Math.min(38, decimal.precision + 10)},${decimal.scale})`;
    return isInteger(type) ? 'bigint' : 'double';
  }
  if (fn === 'avg' && decimal) {
    return `decimal(${Math.min(38, decimal.precision + 4)},${Math.min(38, decimal.scale + 4)})`;
  }
  return 'double';
}

export function aggregateSql({ AggFunc, Column }: Aggregation, resultType: string): string {
  const column = quoteName(Column.join('.'));
  const call =
    AggFunc === 'countDistinct'
      ? `count(DISTINCT ${column})`
      : AggFunc === 'sumDistinct'
        ? `sum(DISTINCT ${column})`
        : AggFunc === 'sum' && resultType === 'double'
          ? // Kahan's: the same whatever order the threads add in, but for the last bit.
            `fsum(${column})`
          : `${AggFunc}(${column})`;
  return `CAST(${call} AS ${duckdbType(resultType)})`;
}
