import { parseCreateTable } from './create-table.ts';
import { parseStatement } from './parse-statement.ts';
import { parseQuery } from './query-parser.ts';
import { SqlError } from './sql-error.ts';
import { tableMoments } from './table-moments.ts';

/**
 * Reads one statement as far as the grammar goes, without a catalog. Returns what Athena would refuse and where; undefined
 * for a statement that can be read. What a statement of the past needs is read as its present.
 */
export function checkStatement(sql: string): SqlError | undefined {
  try {
    read(presentOf(sql));
    return undefined;
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}

function read(sql: string): void {
  const statement = parseStatement(sql);
  if (statement.type === 'SELECT') parseQuery(sql);
  else if (statement.type === 'CREATE_TABLE') parseCreateTable(statement.tokens);
  // What a prepared statement or a view holds has lost its place in the whole: only Athena tells what is wrong in it.
  else if ('query' in statement && statement.type !== 'PREPARE' && statement.type !== 'CREATE_VIEW')
    parseQuery(statement.query);
}

/** `sales@2026-11-25` is the console's own: Athena gets another name there. Blanks keep every other place where it is. */
export function presentOf(sql: string): string {
  let present = sql;
  for (const { text, start, end } of tableMoments(sql)) {
    const name = text.startsWith('"') || text.includes('."') ? '"past"' : text.slice(0, text.indexOf('@'));
    present = present.slice(0, start) + name.padEnd(end - start) + present.slice(end);
  }
  return present;
}
