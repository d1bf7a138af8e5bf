/** SQL that people write into rules: read as Trino's before it stands in a statement of ours. */
import { childrenOf } from '../trino-sql/format-expression.ts';
import { parseStatement } from '../trino-sql/parse-statement.ts';
import { parseQuery } from '../trino-sql/query-parser.ts';
import { SqlError } from '../trino-sql/sql-error.ts';
import type { Expression } from '../trino-sql/syntax.ts';
import { type Token, tokenize } from '../trino-sql/tokenize.ts';
import { RuleError } from './rule-error.ts';
import { quoteName } from './sql-text.ts';
import { findColumn, HIDDEN_COLUMNS, type TableColumn } from './table.ts';

/** The expression of a `where`, without comments; Spark's names in backquotes become Trino's. */
export function whereSql(where: string, columns: TableColumn[]): string {
  return reading('where', where, () => {
    const tokens = tokenize(where);
    if (!isBalanced(tokens) || tokens.some(({ text }) => text === ';' || text === '?')) throw broken(where);
    const sql = join(tokens);
    const { body, orderBy, limit } = parseQuery(`SELECT 1 FROM t WHERE (${sql})`);
    if (body.type !== 'select' || orderBy.length > 0 || limit) throw broken(where);
    if (body.select.where) checkColumns(body.select.where, where, columns);
    return `(${sql})`;
  });
}

/** A statement that can read the checked rows as `primary`. */
export function customStatement(statement: string, primary: string, place = 'CustomSql'): string {
  return reading(place, statement, () => {
    const tokens = tokenize(statement);
    if (tokens.at(-1)?.text === ';') tokens.pop();
    const sql = join(tokens);
    if (parseStatement(sql).type !== 'SELECT')
      throw new RuleError('notAQuery', `${place} takes a query that begins with SELECT or WITH`, {});
    parseQuery(sql);
    const own = `${quoteName('primary')} AS (${primary})`;
    if (tokens[0]?.type !== 'word' || tokens[0].value !== 'with') return `WITH ${own} ${sql}`;
    const isRecursive = tokens[1]?.type === 'word' && tokens[1].value === 'recursive';
    return `WITH ${isRecursive ? 'RECURSIVE ' : ''}${own}, ${join(tokens.slice(isRecursive ? 2 : 1))}`;
  });
}

/** The condition of `SELECT … FROM primary WHERE condition`; undefined for any other shape. */
export function customCondition(statement: string, columns: TableColumn[]): string | undefined {
  const tokens = tokenize(statement).filter(({ text }) => text !== ';');
  const from = tokens.findIndex(({ type, value }) => type === 'word' && value === 'from');
  const [table, where, ...condition] = from < 0 ? [] : tokens.slice(from + 1);
  const isPlain =
    tokens[0]?.value === 'select' &&
    tokens[1]?.value !== 'distinct' &&
    table?.value === 'primary' &&
    where?.value === 'where';
  const ends = ['group', 'order', 'having', 'limit', 'union', 'intersect', 'except', 'window', 'offset', 'fetch'];
  const isSimple = condition.every(({ type, value }) => type !== 'word' || !ends.includes(value));
  return isPlain && isSimple && condition.length > 0 ? whereSql(join(condition), columns) : undefined;
}

/** Of what is in no subquery: a column that is not there would make the statement of all rules fail. */
function checkColumns(expression: Expression, sql: string, columns: TableColumn[]): void {
  if (expression.type === 'column') {
    const { name } = expression.name;
    if (findColumn(columns, name) || HIDDEN_COLUMNS.includes(name)) return;
    throw new RuleError('unknownColumn', `the table has no column ${name}`, { column: name, sql });
  }
  // Names before a dot may be the table's, and a lambda has names of its own.
  if (expression.type === 'field' || expression.type === 'lambda') return;
  for (const child of childrenOf(expression)) checkColumns(child, sql, columns);
}

function isBalanced(tokens: Token[]): boolean {
  let depth = 0;
  for (const { text } of tokens) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function join(tokens: Token[]): string {
  return tokens
    .map(({ type, text, start }, index) => {
      const isApart = index > 0 && tokens[index - 1]?.end !== start;
      return `${isApart ? ' ' : ''}${type === 'backquoted' ? quoteName(text.slice(1, -1).replaceAll('``', '`')) : text}`;
    })
    .join('');
}

const broken = (sql: string) =>
  new RuleError('invalidSql', `this is no SQL condition: ${sql}`, { sql, reason: 'no condition' });

function reading(place: string, sql: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new RuleError('invalidSql', `the SQL of ${place} cannot be read: ${error.message}`, {
      sql,
      reason: error.message,
    });
  }
}
