import { checkStatement } from '@/lib/languages/trino-sql/check-statement.ts';
import { queryNames } from '@/lib/languages/trino-sql/query-names.ts';
import { SqlError } from '@/lib/languages/trino-sql/sql-error.ts';
import { offsetOf, type Statement, statementsIn } from '@/lib/query/statement-at';

export interface TextProblem {
  from: number;
  to: number;
  message: string;
}

/** A table that the text reads, at its place. */
export interface TextTable {
  from: number;
  to: number;
  database?: string;
  name: string;
}

export interface CheckedText {
  problems: TextProblem[];
  tables: TextTable[];
  /** Every table whose columns its names can be checked against. */
  reads: { database?: string; name: string }[];
}

/** What the grammar has against a text of several statements, and which tables it reads. */
export function checkText(text: string): CheckedText {
  const checked: CheckedText = { problems: [], tables: [], reads: [] };
  for (const statement of statementsIn(text)) {
    const error = checkStatement(statement.sql);
    if (error) checked.problems.push(problemOf(text, statement, error));
    else {
      const tables = tablesOf(statement);
      checked.reads.push(...tables.map(({ database, name }) => ({ name, ...(database ? { database } : {}) })));
      // A statement that makes or drops a table says itself what it expects of it.
      if (/^\s*(?:select|with|explain|insert|\()/i.test(statement.sql)) checked.tables.push(...tables);
    }
  }
  return checked;
}

export function problemOf(
  text: string,
  { sql, from: start }: Statement,
  { detail, position, code }: SqlError,
): TextProblem {
  const offset = position ? offsetOf(sql, position.line, position.column) : 0;
  const from = start + offset;
  const word = code === 'COLUMN_NOT_FOUND' ? QUALIFIED : /^(?:"[^"]*"|[\p{L}\p{N}_]+|\S)/u;
  const to = from + (word.exec(text.slice(from))?.[0].length ?? 0);
  const name = code === 'MISMATCHED_INPUT' ? '' : `${code}: `;
  return { from, to, message: `${name}line ${placeIn(text, from)}: ${detail}` };
}

/** Athena's place, in the whole text: that is what the line numbers beside it count. */
function placeIn(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return `${text.slice(0, offset).split('\n').length}:${offset - lineStart + 1}`;
}

/** `a`, `t.a`, `"my t".a` */
const QUALIFIED = /^(?:"[^"]*"|[\p{L}\p{N}_])+(?:\.(?:"[^"]*"|[\p{L}\p{N}_])+)*/u;

function tablesOf({ sql, from }: Statement): TextTable[] {
  try {
    return queryNames(sql).tables.map(({ schema, name, line, column }) => {
      const start = offsetOf(sql, line, column);
      const written = QUALIFIED.exec(sql.slice(start))?.[0] ?? '';
      return { from: from + start, to: from + start + written.length, name, ...(schema ? { database: schema } : {}) };
    });
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}
