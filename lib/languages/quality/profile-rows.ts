/** Statements that show the rows behind a figure of a profile. */
import {
  baseType,
  columnSql,
  doubleLiteral,
  profileKind,
  quoteName,
  type TableColumn,
  tableName,
} from './profile-column.ts';
import type { ColumnProfile, TableProfile } from './table-profile.ts';

const SHOWN = 1000;

type Table = Pick<TableProfile, 'database' | 'table'>;

/** Rows with one value of a column, as the profile lists it; undefined where it lists only its beginning. */
export function rowsWithValue(table: Table, column: TableColumn, value: string, maxText: number): string | undefined {
  if (profileKind(column.type) === 'text' && value.length >= maxText) return undefined;
  return select(table, `${quoteName(column.name)} = ${literalOf(column, value)}`);
}

export function rowsWithoutValue(table: Table, { name }: TableColumn): string {
  return select(table, `${quoteName(name)} IS NULL`);
}

/** Rows beyond 1.5 interquartile ranges; undefined where there are no quartiles to tell by. */
export function outlierRows(table: Table, column: ColumnProfile): string | undefined {
  const { number } = columnSql(column);
  if (!column.quantiles || number === undefined) return undefined;
  const { p25, p75 } = column.quantiles;
  const reach = 1.5 * (p75 - p25);
  const condition = `${number} < ${doubleLiteral(p25 - reach)} OR ${number} > ${doubleLiteral(p75 + reach)}`;
  return `${select(table, condition, '')}\nORDER BY ${quoteName(column.name)}\nLIMIT ${SHOWN}`;
}

/** Rows that are equal in every column, each once with how often it is there. */
export function equalRows({ columns, ...table }: Table & { columns: readonly TableColumn[] }): string {
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  return `SELECT count(*) AS times, ${names}\nFROM ${tableName(table)}\nGROUP BY ${names}\nHAVING count(*) > 1\nORDER BY 1 DESC\nLIMIT ${SHOWN}`;
}

function select(table: Table, condition: string, end = `\nLIMIT ${SHOWN}`): string {
  return `SELECT *\nFROM ${tableName(table)}\nWHERE ${condition}${end}`;
}

function literalOf({ type }: TableColumn, value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  switch (profileKind(type)) {
    case 'number':
      return numberLiteral(baseType(type), value);
    case 'boolean':
      return value === 'true' ? 'true' : 'false';
    case 'moment':
      return `${baseType(type) === 'date' ? 'DATE' : 'TIMESTAMP'} ${quoted}`;
    default:
      return quoted;
  }
}

function numberLiteral(base: string, value: string): string {
  if (base === 'decimal') return `DECIMAL '${value}'`;
  if (['float', 'real', 'double'].includes(base)) {
    const number = Number(value);
    if (Number.isFinite(number)) return doubleLiteral(number);
    if (Number.isNaN(number)) return 'nan()';
    return number > 0 ? 'infinity()' : '-infinity()';
  }
  return value;
}
