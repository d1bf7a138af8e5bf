import type { ParquetChunk } from '@/lib/languages/file-format/parquet-chunks.ts';
import type { ScanFilter } from '@/lib/languages/trino-sql/cost/scan-scope.ts';
import { type StatementText, writtenName } from '@/lib/languages/trino-sql/cost/statement-text.ts';
import type { Expression, Select } from '@/lib/languages/trino-sql/syntax.ts';
import type { MeasuredScan } from './scan-meter';
import type { Rewrite } from './schemas';

/**
 * A condition on a partition column that a condition on another column implies: where the files say of `sold_at` that
 * only the partitions of two days can hold what is asked for, `dt BETWEEN …` leaves the others unopened. Only what every
 * file's footer says is taken, so that it leaves out no row of the table as it is.
 */
export function partitionCondition(
  text: StatementText,
  { scan, keys, partitions, footers, estimate }: MeasuredScan,
  select: Select,
): Omit<Rewrite, 'savedBytes'> | undefined {
  const [key] = keys;
  if (!select.where || keys.length !== 1 || !key || estimate.sampledFiles < estimate.files) return undefined;
  if (!/^(string|varchar)/i.test(key.type) || partitions.some(({ values }) => !values[0])) return undefined;
  const bounds = scan.filters.flatMap(boundOf);
  if (bounds.length === 0) return undefined;
  const holding = new Set(
    footers
      .filter(({ footer }) => bounds.every(({ column, low, high }) => mayHold(footer.get(column)?.range, low, high)))
      .map(({ values }) => values[0] as string),
  );
  const all = partitions.map(({ values }) => values[0] as string).sort();
  const needed = all.filter((value) => holding.has(value));
  const [first, last] = [needed[0], needed.at(-1)];
  if (first === undefined || last === undefined || needed.length === all.length) return undefined;
  // A run of partitions: those between the first and the last that hold nothing stay in.
  const name = writtenName(key.name);
  const written =
    first === last ? `${name} = ${quoted(first)}` : `${name} BETWEEN ${quoted(first)} AND ${quoted(last)}`;
  const change = text.condition(select.where, written);
  return change && { kind: 'partition', sql: text.with(change), subject: key.name, text: written };
}

interface Bound {
  column: string;
  low: number;
  high: number;
}

function boundOf({ term, columnOf }: ScanFilter): Bound[] {
  if (term.type === 'between' && !term.negated) {
    const [column, low, high] = [columnOf(term.of), numberOf(term.low), numberOf(term.high)];
    return column && low !== undefined && high !== undefined ? [{ column, low, high }] : [];
  }
  if (term.type !== 'binary-operation') return [];
  const [column, value] = [columnOf(term.left), numberOf(term.right)];
  if (!column || value === undefined) return [];
  if (term.operator === '=') return [{ column, low: value, high: value }];
  if (/^>=?$/.test(term.operator)) return [{ column, low: value, high: Number.POSITIVE_INFINITY }];
  return /^<=?$/.test(term.operator) ? [{ column, low: Number.NEGATIVE_INFINITY, high: value }] : [];
}

/** Dates and times are milliseconds since the epoch, as the footers have them. */
function numberOf(expression: Expression): number | undefined {
  if (expression.type === 'number') {
    const number = Number(expression.text);
    return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
  }
  if (expression.type !== 'typed' || !/^(date|timestamp)$/i.test(expression.name.name)) return undefined;
  const [day, time = '00:00:00'] = expression.value.trim().split(/[ T]/);
  // A moment with a zone is another matter.
  if (!/^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(time)) return undefined;
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** Statistics of times are cut to the millisecond, which a whole one on either side makes good. */
const CUT = 1;

function mayHold(range: ParquetChunk['range'], low: number, high: number): boolean {
  return !range || (range.max + CUT >= low && range.min - CUT <= high);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
