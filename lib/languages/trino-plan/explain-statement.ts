import { parseStatement } from '../trino-sql/parse-statement.ts';

/** The statement that asks for another's plan; with `isMeasured` it runs it, too. One that asks already is asked anew. */
export function explainStatement(sql: string, isMeasured: boolean): string {
  const statement = parseStatement(sql);
  const query = statement.type === 'EXPLAIN' ? statement.query : sql.replace(/;\s*$/, '');
  return `${isMeasured ? 'EXPLAIN ANALYZE' : 'EXPLAIN'} (FORMAT JSON) ${query}`;
}
