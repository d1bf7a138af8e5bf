/** The last scan of a profile: rows that are equal in every column. None where a column tells all rows apart. */
import type { TableBasics } from './profile-basics.ts';
import {
  BUDGET_BYTES,
  type ProfileAnswers,
  type ProfiledTable,
  type ProfileStatement,
  profileKind,
  quoteName,
  tableName,
} from './profile-column.ts';
import { type Sampling, samplingOf } from './profile-sampling.ts';
import type { ColumnProfile } from './table-profile.ts';

const BYTES_PER_ROW = 16;
const BYTES_PER_COLUMN = 8;
/** Fewer values than this in the sample would say little. */
const MIN_SAMPLED = 1000;

const ID = 'duplicates';

export function planDuplicates(
  table: ProfiledTable,
  basics: TableBasics,
  columns: readonly ColumnProfile[],
): ProfileStatement[] {
  if (hasKey(basics, columns)) return [];
  const sampling = duplicateSampling(table, basics);
  if (!sampling) return [];
  const names = table.columns.map(({ name }) => quoteName(name)).join(', ');
  return [
    {
      id: ID,
      sql: `SELECT coalesce(sum(IF(times > 1, times, 0)), 0) AS equal_rows
FROM (SELECT count(*) AS times FROM ${tableName(table)}${sampling.factor > 1 ? ` WHERE ${sampling.condition}` : ''} GROUP BY ${names})`,
    },
  ];
}

/** Undefined where they were not looked for. */
export function readDuplicates(
  table: ProfiledTable,
  basics: TableBasics,
  columns: readonly ColumnProfile[],
  answers: ProfileAnswers,
): number | undefined {
  if (hasKey(basics, columns)) return 0;
  const cell = answers[ID]?.[0]?.[0];
  const sampling = duplicateSampling(table, basics);
  if (cell === undefined || cell === null || !sampling) return undefined;
  return Math.min(basics.rows, Math.round(Number(cell) * sampling.factor));
}

function hasKey({ rows }: TableBasics, columns: readonly ColumnProfile[]): boolean {
  return rows < 2 || columns.some(({ nulls, unique }) => nulls === 0 && unique === rows);
}

/** Equal rows have equal values in any one column: those with some of its values are a fair sample. */
function duplicateSampling(
  { columns, budgetBytes = BUDGET_BYTES }: ProfiledTable,
  basics: TableBasics,
): Sampling | undefined {
  const width = columns.reduce((sum, { type }, index) => {
    const length = profileKind(type) === 'other' ? 64 : (basics.columns[index]?.length?.mean ?? 0);
    return sum + BYTES_PER_COLUMN + length;
  }, BYTES_PER_ROW);
  const factor = (basics.rows * width) / budgetBytes;
  if (factor <= 1) return { condition: 'true', factor: 1 };
  const places = columns.map((column, index) => {
    const known = basics.columns[index];
    return { column, distinct: known?.distinct ?? 0, isWhole: known?.count === basics.rows };
  });
  const fitting = places.filter(({ column, isWhole }) => isWhole && samplingOf(column, factor));
  const best = fitting.sort((a, b) => b.distinct - a.distinct)[0];
  return best && best.distinct / factor >= MIN_SAMPLED ? samplingOf(best.column, factor) : undefined;
}
